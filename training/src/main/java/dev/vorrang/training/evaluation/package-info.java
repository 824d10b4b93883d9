/** How good what models say of machines and mails is, against what is known to be true. */
package dev.vorrang.training.evaluation;
