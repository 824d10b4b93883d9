package dev.vorrang.console.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Makes words of text in German, English and other languages: as Unicode splits them (UAX #29), in lower case, without accents, ä, ae and
 * a the same. Thread-safe.
 */
final class TextAnalyzer extends Analyzer {

    /** UAX #29 does not end a word at these, within it. */
    private static final String SEPARATORS = ".,:;_'\u2019\u00b7";

    /** A text that can be split: with blanks between the words of addresses and names. */
    static String prepare(String text) {
        char[] prepared = text.toCharArray();
        for (int i = 0; i < prepared.length; i++) {
            if (SEPARATORS.indexOf(prepared[i]) >= 0) {
                prepared[i] = ' ';
            }
        }
        return new String(prepared);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        var words = new StandardTokenizer();
        return new TokenStreamComponents(
                words, new ASCIIFoldingFilter(new GermanNormalizationFilter(new LowerCaseFilter(words))));
    }

    /** The words of a text, in order. */
    List<String> words(String text) {
        var words = new ArrayList<String>();
        try (TokenStream stream = tokenStream("", prepare(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("a String does not fail", e);
        }
        return words;
    }
}
