package dev.vorrang.embedded;

/** The registry in memory that tests elsewhere use must behave as the real ones do. */
class MockRegistryTest extends RegistryContract {

    @Override
    String url() {
        return "mock://contract";
    }
}
