/** Parts as processes: started, watched, started again when they die, stopped in order. */
package io.pgscim.local.supervise;
