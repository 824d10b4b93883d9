/** Who may do what: users, roles, sessions, tokens. Knows neither HTTP nor what is shown. */
package dev.vorrang.console.access;
