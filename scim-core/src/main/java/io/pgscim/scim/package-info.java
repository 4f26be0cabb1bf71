/** The SCIM language, pure: what a push may say and what is wrong with it when it says it wrong. */
package io.pgscim.scim;
