package dev.vorrang.connectors.avro;

/**
 * Names under which Connect schemas keep what Avro knows and Connect does not. They are those of Confluent's converter, so that
 * it can be used in the place of {@link AvroConverter}.
 */
final class AvroNames {

    private static final String NAMESPACE = "io.confluent.connect.avro";

    /** Parameter with the full name of an enum; each symbol is a parameter {@code ENUM.symbol} too, in their order. */
    static final String ENUM = NAMESPACE + ".Enum";
    /** Prefix of the parameter with the doc of an enum; its simple name follows. */
    static final String ENUM_DOC = NAMESPACE + ".enum.doc.";
    /** Prefix of the parameter with the default symbol of an enum; its simple name follows. */
    static final String ENUM_DEFAULT = NAMESPACE + ".enum.default.";
    /** Parameter with the doc of a record. */
    static final String RECORD_DOC = NAMESPACE + ".record.doc";
    /** Prefix of the parameter of a record with the doc of a field; its name follows. */
    static final String FIELD_DOC = NAMESPACE + ".field.doc.";
    /** Parameter that says that a default is the field's. */
    static final String FIELD_DEFAULT = NAMESPACE + ".field.default";

    private AvroNames() {}

    static String simpleName(String fullName) {
        return fullName.substring(fullName.lastIndexOf('.') + 1);
    }
}
