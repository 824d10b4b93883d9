/** What people and programs tell over HTTP about scored records: acknowledgements by signed links, and desk events with a token. */
package dev.vorrang.app.desk;
