/** BERT (Devlin et al., 2019): its weights from a published archive, its encoder as operations of a graph, and low-rank adapters. */
package dev.vorrang.training.bert;
