/** The crash test: the real program in processes of its own, which are killed while records come in, and a count of what came out. */
package dev.vorrang.app.crash;
