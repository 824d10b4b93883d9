/** Training and measuring of models of demand. */
package dev.vorrang.training.demand;
