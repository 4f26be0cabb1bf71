package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Why another implementation makes something else of an operation, with an example of it. */
enum PatchDifference {
  UNBOUNDID_EMPTY(
      Oracle.UNBOUNDID,
      "It leaves an empty object where the last part was removed; to pgscim nothing is there (RFC 7643"
          + " §2.5).",
      "remove name.familyName",
      Blur.EMPTY),
  UNBOUNDID_NO_LIST(
      Oracle.UNBOUNDID,
      "A part of a multi-valued attribute that has no element yet becomes an object instead of a list.",
      "add emails.type",
      Blur.LIST_OF_ONE),
  UNBOUNDID_PRIMARY(
      Oracle.UNBOUNDID,
      "Several elements may be primary; to pgscim the one that becomes it ends that of the others (RFC"
          + " 7644 §3.5.2), and several at once are an error (RFC 7643 §2.4).",
      "add emails[type eq \"work\"].primary = true",
      Blur.PRIMARY),
  UNBOUNDID_TWICE(
      Oracle.UNBOUNDID,
      "Elements with the same value for the same purpose stay two; with pgscim the second completes the"
          + " first (RFC 7643 §2.4).",
      "add emails = [{\"value\": \"a\", \"display\": \"A\"}]",
      Blur.TWICE),
  UNBOUNDID_SPELLING(
      Oracle.UNBOUNDID,
      "An attribute that is new has the name that the path gave it; with pgscim it has that of the"
          + " schema (RFC 7643 §2.1).",
      "add EMAILS.type = \"work\"",
      Blur.SPELLING),
  UNBOUNDID_SEVERAL_PRIMARY(
      Oracle.UNBOUNDID,
      "An operation may make several elements primary; pgscim refuses it (RFC 7643 §2.4).",
      "replace emails.primary = true",
      question ->
          question.weRefuse("INVALID_VALUE")
              && question.step().value().toString().contains("true")),
  UNBOUNDID_REQUIRED(
      Oracle.UNBOUNDID,
      "What the schema requires can be removed; pgscim refuses it (RFC 7644 §3.5.2.2).",
      "remove userName",
      question ->
          question.weRefuse("MUTABILITY")
              && question.is("remove")
              && question.step().target().leaf().required()),
  UNBOUNDID_ADD_TO_SELECTED(
      Oracle.UNBOUNDID,
      "add with a filter makes a new element of one eq, and nothing else; pgscim completes the elements"
          + " that the filter selects, and makes one only where it selects none.",
      "add emails[type eq \"work\"].display = \"a\"",
      question -> question.is("add") && question.filtered()),
  UNBOUNDID_REPLACE_COMPLETES(
      Oracle.UNBOUNDID,
      "replace of selected elements completes them; with pgscim the value takes their place (RFC 7644"
          + " §3.5.2.3).",
      "replace emails[type eq \"work\"] = {\"value\": \"a\"}",
      PatchQuestion::replacesSelected),
  UNBOUNDID_IMMUTABLE(
      Oracle.UNBOUNDID,
      "Who a member is can be changed; pgscim refuses it: the member is removed and another added (RFC"
          + " 7643 §8.7.1, immutable).",
      "replace members.value = \"a\"",
      PatchQuestion::changesWhoIsMember),
  UNBOUNDID_MEMBER_IN_ANY_CASE(
      Oracle.UNBOUNDID,
      "Members are selected by their ids ignoring case; ids are caseExact (RFC 7643 §3.1).",
      "remove members[value eq \"a\"]",
      question ->
          question.filtered()
              && question.bothPatch()
              && question.step().target().attribute().name().equals("members")),
  SCIM_SDK_NOT_PRIMARY(
      Oracle.SCIM_SDK,
      "When an element becomes primary, the others lose the part; with pgscim it becomes false (RFC 7644"
          + " §3.5.2).",
      "replace emails[type eq \"home\"].primary = true",
      Blur.NOT_PRIMARY),
  SCIM_SDK_TWICE(
      Oracle.SCIM_SDK,
      "Elements with the same value for the same purpose stay two; with pgscim the second completes the"
          + " first (RFC 7643 §2.4).",
      "add emails = [{\"value\": \"a\", \"display\": \"A\"}]",
      Blur.TWICE),
  SCIM_SDK_NOTHING_TO_REMOVE(
      Oracle.SCIM_SDK,
      "remove of what is not there is refused as noTarget or fails with a server error; pgscim has"
          + " nothing to do (RFC 7644 §3.5.2.2).",
      "remove title",
      question ->
          question.is("remove")
              && (question.theyRefuse("No target found")
                  || question.theirs() instanceof Outcome.Broken)),
  SCIM_SDK_DOLLAR(
      Oracle.SCIM_SDK,
      "$ref cannot be named in a path (RFC 7643 §2.4 defines it).",
      "replace urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.$ref = \"x\"",
      question ->
          question.step().path() != null
              && question.step().path().contains("$")
              && question.theyRefuse("The specified filter")),
  SCIM_SDK_NO_TARGET(
      Oracle.SCIM_SDK,
      "add with a filter that selects nothing is refused as noTarget; pgscim makes the element that the"
          + " filter describes (RFC 7644 §3.5.2.1).",
      "add emails[type eq \"work\"].value = \"a\"",
      question ->
          question.is("add")
              && question.filtered()
              && question.theyRefuse("No target found", "Cannot ")),
  SCIM_SDK_PART_OF_NOTHING(
      Oracle.SCIM_SDK,
      "A part of a multi-valued attribute that has no element yet is passed over; pgscim makes an"
          + " element.",
      "add emails.type = \"work\"",
      question ->
          question.bothPatch()
              && !question.filtered()
              && question.aboutElements()
              && question.step().path() != null
              && question.step().target().sub() != null
              && question.present().isMissingNode()),
  SCIM_SDK_IMMUTABLE(
      Oracle.SCIM_SDK,
      "Who a member is can be changed; pgscim refuses it: the member is removed and another added (RFC"
          + " 7643 §8.7.1, immutable).",
      "replace members.value = \"a\"",
      PatchQuestion::changesWhoIsMember),
  SCIM_SDK_ADD_INSTEAD(
      Oracle.SCIM_SDK,
      "add with a filter that selects one member and a value that names another puts the other in its"
          + " place; pgscim refuses it.",
      "add members[value eq \"a\"] = {\"value\": \"b\"}",
      question ->
          question.is("add")
              && question.filtered()
              && (question.weRefuse("INVALID_VALUE") || question.weRefuse("NO_TARGET"))),
  SCIM_SDK_REPLACE_COMPLETES(
      Oracle.SCIM_SDK,
      "replace of selected elements completes them; with pgscim the value takes their place (RFC 7644"
          + " §3.5.2.3).",
      "replace emails[type eq \"work\"] = {\"value\": \"a\"}",
      PatchQuestion::replacesSelected);

  final Oracle oracle;
  final String explanation;
  final String example;
  private final Blur blur;
  private final Predicate<PatchQuestion> applies;

  PatchDifference(Oracle oracle, String explanation, String example, Blur blur) {
    this(oracle, explanation, example, blur, question -> false);
  }

  PatchDifference(
      Oracle oracle, String explanation, String example, Predicate<PatchQuestion> applies) {
    this(oracle, explanation, example, null, applies);
  }

  PatchDifference(
      Oracle oracle,
      String explanation,
      String example,
      Blur blur,
      Predicate<PatchQuestion> applies) {
    this.oracle = oracle;
    this.explanation = explanation;
    this.example = example;
    this.blur = blur;
    this.applies = applies;
  }

  /** Those that explain the difference; empty when it is not explained. */
  static Set<PatchDifference> of(Oracle oracle, PatchQuestion question) {
    Set<PatchDifference> blurring = EnumSet.noneOf(PatchDifference.class);
    for (PatchDifference difference : values()) {
      if (difference.oracle == oracle && difference.blur != null) {
        blurring.add(difference);
      }
    }
    if (question.sameBut(blurs(blurring))) {
      for (PatchDifference difference : List.copyOf(blurring)) {
        blurring.remove(difference);
        if (!question.sameBut(blurs(blurring))) {
          blurring.add(difference);
        }
      }
      return blurring;
    }
    for (PatchDifference difference : values()) {
      if (difference.oracle == oracle && difference.applies.test(question)) {
        return Set.of(difference);
      }
    }
    return Set.of();
  }

  /** In the order of the enum, which is that from the inside to the outside. */
  private static Set<UnaryOperator<JsonNode>> blurs(Set<PatchDifference> differences) {
    List<Blur> blurs = new ArrayList<>();
    differences.forEach(difference -> blurs.add(difference.blur));
    blurs.sort(null);
    return new LinkedHashSet<>(blurs);
  }
}
