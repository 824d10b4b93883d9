/**
 * Benchmarks of single parts, with JMH. They are compiled with the tests and run by hand, from the project's folder, on a machine that
 * does nothing else:
 *
 * <pre>{@code
 * mvn -pl app -am process-test-classes
 * java -cp "app/target/test-classes:app/target/classes:$(cat app/target/test-class-path)" org.openjdk.jmh.Main -prof gc
 * }</pre>
 *
 * <p>{@code -prof gc} adds the bytes allocated; a name at the end, such as {@code SerdeBenchmark}, runs one of them.
 */
package dev.vorrang.app.bench;
