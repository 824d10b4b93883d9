package dev.vorrang.console.index;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Makes words of text in German, English and other languages: as Unicode splits them (UAX #29), in lower case, without accents, ä, ae and
 * a the same. Addresses, host names and file names are split into their words. Thread-safe.
 */
final class TextAnalyzer extends Analyzer {

    /** UAX #29 does not end a word at these, within it. */
    private static final NormalizeCharMap SEPARATORS = separators();

    private static NormalizeCharMap separators() {
        var map = new NormalizeCharMap.Builder();
        for (String separator : List.of(".", ",", ":", ";", "_", "'", "\u2019", "\u00b7")) {
            map.add(separator, " ");
        }
        return map.build();
    }

    @Override
    protected Reader initReader(String field, Reader text) {
        return new MappingCharFilter(SEPARATORS, text);
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
        try (TokenStream stream = tokenStream("", text)) {
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
