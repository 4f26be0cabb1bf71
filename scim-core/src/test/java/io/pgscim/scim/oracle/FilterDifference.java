package io.pgscim.scim.oracle;

import io.pgscim.scim.oracle.Expression.Element;
import io.pgscim.scim.schema.AttributeType;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Why another implementation answers a comparison differently, with an example of it. */
enum FilterDifference {
  UNBOUNDID_KNOWS_NO_TYPES(
      Oracle.UNBOUNDID,
      "It knows no schema, so it compares anything with anything; pgscim refuses a comparison that"
          + " the attribute's type does not have (RFC 7644 §3.4.2.2).",
      "active gt true",
      question -> question.ours() == Verdict.REFUSED),
  UNBOUNDID_CORE_URN(
      Oracle.UNBOUNDID,
      "It looks for an attribute with the core schema's URN in front (RFC 7644 §3.10) under the URN,"
          + " where only extensions are.",
      "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"a\"",
      FilterQuestion::namesCoreSchema),
  UNBOUNDID_IGNORES_CASE(
      Oracle.UNBOUNDID,
      "Every string is compared ignoring case, also one that is caseExact (RFC 7643 §2.2).",
      "id eq \"A\"",
      question -> question.attribute().caseExact() && question.literal().startsWith("\"")),
  UNBOUNDID_COMPLEX(
      Oracle.UNBOUNDID,
      "A complex attribute without a sub-attribute is compared as an object; pgscim compares its"
          + " value, as RFC 7644 figure 2 does with \"emails co\".",
      "emails co \"a\"",
      question -> question.attribute().complex()),
  UNBOUNDID_NE_OF_SEVERAL(
      Oracle.UNBOUNDID,
      "ne holds when no value is equal; pgscim lets any value decide, as for every operator (RFC"
          + " 7644 §3.4.2.2).",
      "emails.value ne \"a\"",
      question -> question.operatorIs("ne") && question.severalElements()),

  SCIM_SDK_DOLLAR(
      Oracle.SCIM_SDK,
      "$ref cannot be used in a filter (RFC 7643 §2.4 defines it).",
      "groups.$ref pr",
      question ->
          question.attribute().name().equals("$ref") && question.theirs() == Verdict.REFUSED),
  SCIM_SDK_BINARY(
      Oracle.SCIM_SDK,
      "Binaries cannot be used in a filter; pgscim compares them by everything but order (RFC 7644"
          + " table 3).",
      "x509Certificates.value pr",
      question ->
          question.attribute().type() == AttributeType.BINARY
              && question.theirs() == Verdict.REFUSED),
  SCIM_SDK_ESCAPES(
      Oracle.SCIM_SDK,
      "JSON's escapes are not read: \\uXXXX is compared as it stands, \\\" is refused.",
      "userName eq \"\\u0061\"",
      question -> question.literal().contains("\\")),
  SCIM_SDK_ABSENT_BOOLEAN(
      Oracle.SCIM_SDK,
      "An absent boolean is false and present; to pgscim it has no value (RFC 7643 §2.5).",
      "active eq false",
      question ->
          question.attribute().type() == AttributeType.BOOLEAN && question.somethingAbsent()),
  SCIM_SDK_ABSENT_IS_LESS(
      Oracle.SCIM_SDK,
      "An absent value is less than every other; to pgscim nothing but ne holds about it.",
      "title lt \"a\"",
      question -> question.operatorIs("lt", "le") && question.somethingAbsent()),
  SCIM_SDK_NULL(
      Oracle.SCIM_SDK,
      "null is compared by every operator; pgscim knows eq and ne. Compared with null, numbers fail with"
          + " a server error and dateTimes the wrong way round.",
      "title gt null",
      question ->
          question.literal().equals("null")
              && (question.ours() == Verdict.REFUSED
                  || question.numeric()
                  || question.attribute().type() == AttributeType.DATE_TIME)),
  SCIM_SDK_TEXT_SEARCH(
      Oracle.SCIM_SDK,
      "co, sw and ew look into numbers and dateTimes as if they were written down, and fail with a"
          + " server error about a number that is absent; pgscim refuses them (RFC 7644 table 3: strings).",
      "meta.created sw \"2011\"",
      question ->
          question.ours() == Verdict.REFUSED
              && question.operatorIs("co", "sw", "ew")
              && (question.numeric() || question.attribute().type() == AttributeType.DATE_TIME)),
  SCIM_SDK_ABSENT_TIME(
      Oracle.SCIM_SDK,
      "An absent dateTime is not unequal to any; to pgscim it is.",
      "meta.created ne \"2011-05-13T04:42:34Z\"",
      question ->
          question.attribute().type() == AttributeType.DATE_TIME
              && question.operatorIs("ne")
              && question.somethingAbsent()),
  SCIM_SDK_NE_OF_SEVERAL(
      Oracle.SCIM_SDK,
      "About a multi-valued attribute of simple values ne holds when no value is equal; pgscim lets"
          + " any value decide, as for every operator (RFC 7644 §3.4.2.2).",
      "tags ne \"a\"",
      question ->
          question.operatorIs("ne")
              && !question.comparison().target().attribute().complex()
              && question.severalElements()),
  SCIM_SDK_COMPLEX(
      Oracle.SCIM_SDK,
      "A complex attribute without a sub-attribute is compared as absent; pgscim compares its value,"
          + " as RFC 7644 figure 2 does with \"emails co\", and refuses one that has none.",
      "emails co \"a\"",
      question -> question.attribute().complex()),
  SCIM_SDK_NO_ELEMENT(
      Oracle.SCIM_SDK,
      "Brackets also hold about no element at all when what is in them holds about an absent value;"
          + " to pgscim an element satisfies them (RFC 7644 §3.4.2.2).",
      "emails[type ne \"work\"]",
      question -> question.inBrackets() && question.elements().isEmpty()),
  SCIM_SDK_CORRELATION(
      Oracle.SCIM_SDK,
      "Comparisons in brackets are each about any element; to pgscim they are about one and the same"
          + " (RFC 7644 §3.4.2.2).",
      "emails[type eq \"work\" and value eq \"a\"]",
      question -> false),
  SCIM_SDK_LAZY(
      Oracle.SCIM_SDK,
      "An operator that a boolean does not have is refused only when evaluation comes to it; pgscim"
          + " refuses the filter.",
      "title eq \"a\" and active gt true",
      question -> false),
  SCIM_SDK_EXPONENT(
      Oracle.SCIM_SDK,
      "A number with an exponent is refused or misread where the filter goes on behind it.",
      "(size eq 1e0)",
      question ->
          question.inBrackets()
              && question.theirs() == Verdict.REFUSED
              && question.literal().matches(".*[0-9]e[0-9]+")),
  SCIM_SDK_PART_OF_EACH(
      Oracle.SCIM_SDK,
      "An element without the sub-attribute counts as one that is null; to pgscim the values are those"
          + " that are there.",
      "emails.type ne \"work\"",
      question ->
          question.operatorIs("eq", "ne")
              && !question.inBrackets()
              && question.severalElements()
              && question.somethingAbsent()),
  SCIM_SDK_WITHOUT_EXTENSION(
      Oracle.SCIM_SDK,
      "A filter on an extension fails with a server error about a resource that does not have it.",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department pr",
      question ->
          question.theirs() == Verdict.BROKEN
              && question.comparison().target().extension() != null);

  private static final Pattern EXPONENT = Pattern.compile("[0-9]e[0-9]");

  final Oracle oracle;
  final String explanation;
  final String example;
  private final Predicate<FilterQuestion> applies;

  FilterDifference(
      Oracle oracle, String explanation, String example, Predicate<FilterQuestion> applies) {
    this.oracle = oracle;
    this.explanation = explanation;
    this.example = example;
    this.applies = applies;
  }

  /** What explains a difference in how comparisons are composed that do not differ, or null. */
  static FilterDifference ofComposition(Oracle oracle, FilterQuestion question) {
    if (oracle == Oracle.SCIM_SDK && question.leaf().text().contains("\\")) {
      return SCIM_SDK_ESCAPES;
    }
    if (oracle == Oracle.UNBOUNDID && question.ours() == Verdict.REFUSED) {
      // It refuses some comparisons of booleans, but only when it comes to them.
      return UNBOUNDID_KNOWS_NO_TYPES;
    }
    if (oracle == Oracle.UNBOUNDID
        && question.leaf() instanceof Element
        && question.namesCoreSchema()) {
      return UNBOUNDID_CORE_URN;
    }
    if (oracle == Oracle.SCIM_SDK && question.ours() == Verdict.REFUSED) {
      return SCIM_SDK_LAZY;
    }
    if (oracle == Oracle.SCIM_SDK && EXPONENT.matcher(question.leaf().text()).find()) {
      return SCIM_SDK_EXPONENT;
    }
    return oracle == Oracle.SCIM_SDK && question.leaf() instanceof Element
        ? SCIM_SDK_CORRELATION
        : null;
  }

  /** The first that explains the difference; null when none does. */
  static FilterDifference of(Oracle oracle, FilterQuestion question) {
    for (FilterDifference difference : values()) {
      if (difference.oracle == oracle && difference.applies.test(question)) {
        return difference;
      }
    }
    return null;
  }
}
