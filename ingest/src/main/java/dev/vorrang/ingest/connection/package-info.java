/**
 * What every source that connects to a server needs: whom to trust, what to prove oneself with, when to try again, and threads that
 * do not end unnoticed.
 */
package dev.vorrang.ingest.connection;
