/** Reports on how good a model is: figures, charts and a page that holds them. */
package dev.vorrang.app.evaluate;
