package dev.vorrang.console.api;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON Schemas of what is sent and answered, from the types: of a record every component is there, one that is optional may be null, and
 * there is no other; in a request what is optional may be left out. For one thread.
 */
final class Schemas {

    private static final String COMPONENTS = "components/schemas";

    private final SchemaBuilder answers = new SchemaGenerator(config(true)).buildMultipleSchemaDefinitions();
    private final SchemaBuilder requests = new SchemaGenerator(config(false)).buildMultipleSchemaDefinitions();

    /** The schema of an answer, or a reference to it. */
    ObjectNode answer(Type type) {
        return answers.createSchemaReference(type);
    }

    /** The schema of a request's body, or a reference to it. */
    ObjectNode request(Type type) {
        return requests.createSchemaReference(type);
    }

    /** All that is referred to, by name. */
    ObjectNode components() {
        ObjectNode all = requests.collectDefinitions(COMPONENTS);
        // What stands in both has no optional component, and is the same.
        all.setAll(answers.collectDefinitions(COMPONENTS));
        return all;
    }

    private static SchemaGeneratorConfig config(boolean all) {
        var builder = new SchemaGeneratorConfigBuilder(
                        Json.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .with(
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.FLATTENED_ENUMS,
                        Option.NULLABLE_ARRAY_ITEMS_ALLOWED);
        builder.forTypesInGeneral().withCustomDefinitionProvider(Schemas::special);
        builder.forFields()
                .withTargetTypeOverridesResolver(Schemas::unwrapped)
                .withNullableCheck(Schemas::isOptional)
                .withRequiredCheck(field -> all || !isOptional(field));
        return builder.build();
    }

    private static boolean isOptional(FieldScope field) {
        return field.getDeclaredType() != null && field.getDeclaredType().isInstanceOf(Optional.class);
    }

    private static List<ResolvedType> unwrapped(FieldScope field) {
        return isOptional(field) ? field.getDeclaredType().getTypeParameters() : null;
    }

    private static CustomDefinition special(ResolvedType type, SchemaGenerationContext context) {
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        if (type.isInstanceOf(JsonNode.class)) {
            return inline(schema);
        }
        if (type.isInstanceOf(Instant.class)) {
            return inline(schema.put("type", "string").put("format", "date-time"));
        }
        if (type.isInstanceOf(Map.class)) {
            ResolvedType values = type.typeParametersFor(Map.class).get(1);
            schema.put("type", "object").set("additionalProperties", context.createDefinitionReference(values));
            return inline(schema);
        }
        return null;
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(
                schema, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.NO);
    }
}
