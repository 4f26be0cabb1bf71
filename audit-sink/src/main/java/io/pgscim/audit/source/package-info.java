/** Where the files of a log are read from: a folder, or a web server. */
package io.pgscim.audit.source;
