package dev.vorrang.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/** Scores with and without the words that moved them are read by programs that know of words, and by those that do not. */
class MailScoreVersionsTest {

    private static final Schema TODAY = MailScore.getClassSchema();

    @Test
    void shouldLetAReaderOfTheFirstVersionReadAScoreWithWords() throws IOException {
        GenericRecord read = (GenericRecord) read(write(TODAY, Samples.score()), TODAY, first(), GenericData.get());

        assertThat(read.get("topic")).hasToString("outage");
        assertThat(read.get("priorityScore")).isEqualTo(0.9f);
        assertThat(read.hasField("topicWords")).isFalse();
    }

    @Test
    void shouldReadAScoreOfTheFirstVersionAsOneWithoutWords() throws IOException {
        GenericRecord old = (GenericRecord) read(write(TODAY, Samples.score()), TODAY, first(), GenericData.get());

        var read = (MailScore) read(write(first(), old), first(), TODAY, SpecificData.getForClass(MailScore.class));

        assertThat(read.getTopicWords()).isEmpty();
        assertThat(read.getSentimentWords()).isEmpty();
        assertThat(read.getPriorityWords()).isEmpty();
        assertThat(read.getPriorities()).isEmpty();
        assertThat(read.getReasons()).containsExactly("outage");
        assertThat(read.getReasonDetails()).isEmpty();
        assertThat(read.getPosition()).isEqualTo(Samples.score().getPosition());
    }

    private static Schema first() throws IOException {
        return SchemaHistory.of("MailScore").versions().get(0);
    }

    private static byte[] write(Schema schema, GenericRecord datum) throws IOException {
        var data = datum instanceof MailScore ? SpecificData.getForClass(MailScore.class) : GenericData.get();
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema, data).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static Object read(byte[] bytes, Schema writer, Schema reader, GenericData data) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        return new GenericDatumReader<>(writer, reader, data).read(null, decoder);
    }
}
