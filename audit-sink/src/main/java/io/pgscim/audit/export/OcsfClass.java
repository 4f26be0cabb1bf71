package io.pgscim.audit.export;

/** The classes of OCSF 1.8.0 that entries become. */
enum OcsfClass {
  BASE_EVENT(0, "Base Event", 0, "Uncategorized"),
  ACCOUNT_CHANGE(3001, "Account Change", 3, "Identity & Access Management"),
  AUTHENTICATION(3002, "Authentication", 3, "Identity & Access Management"),
  ENTITY_MANAGEMENT(3004, "Entity Management", 3, "Identity & Access Management"),
  USER_ACCESS(3005, "User Access Management", 3, "Identity & Access Management"),
  GROUP_MANAGEMENT(3006, "Group Management", 3, "Identity & Access Management");

  final int uid;
  final String caption;
  final int category;
  final String categoryCaption;

  OcsfClass(int uid, String caption, int category, String categoryCaption) {
    this.uid = uid;
    this.caption = caption;
    this.category = category;
    this.categoryCaption = categoryCaption;
  }

  /** What happened, in the class's own words. */
  OcsfActivity activity(int id, String name) {
    return new OcsfActivity(this, id, name);
  }

  /** What happened, where the class has no word for it: the entry's own stands in its name. */
  OcsfActivity other(String what) {
    return new OcsfActivity(this, OcsfActivity.OTHER, what);
  }
}
