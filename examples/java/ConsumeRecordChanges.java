import io.apicurio.registry.serde.SerdeConfig;
import io.apicurio.registry.serde.config.IdOption;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints one JSON line for each record of record-changes.v1; see docs/topics.md. */
public final class ConsumeRecordChanges {
  private static final String TOPIC = "record-changes.v1";

  private static String setting(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }

  /** Apicurio's own interface: the address of the Confluent one without /apis/ccompat/v7. */
  private static String registryUrl() {
    String confluent = setting("SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081/apis/ccompat/v7");
    return confluent.replaceFirst("/apis/ccompat/v[67]$", "/apis/registry/v2");
  }

  private static String line(ConsumerRecord<String, GenericRecord> message) {
    GenericRecord record = message.value();
    Header id = message.headers().lastHeader("ce_id");
    List<?> changes = (List<?>) record.get("changes");
    String kinds =
        changes.stream()
            .map(change -> "\"" + ((GenericRecord) change).get("kind") + "\"")
            .collect(Collectors.joining(","));
    return String.format(
        "{\"id\":\"%s\",\"patientId\":\"%s\",\"version\":%s,\"kinds\":[%s]}",
        id == null ? "" : new String(id.value()),
        record.get("patientId"),
        record.get("version"),
        kinds);
  }

  public static void main(String[] arguments) {
    long count =
        arguments.length == 2 && arguments[0].equals("--count")
            ? Long.parseLong(arguments[1])
            : Long.MAX_VALUE;
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, setting("KAFKA_BROKERS", "127.0.0.1:9092"),
            ConsumerConfig.GROUP_ID_CONFIG, setting("CONSUMER_GROUP", "example-java"),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName(),
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, AvroKafkaDeserializer.class.getName(),
            SerdeConfig.REGISTRY_URL, registryUrl(),
            // Confluent wire format: a zero byte and the schema id in four bytes.
            SerdeConfig.ENABLE_CONFLUENT_ID_HANDLER, true,
            SerdeConfig.USE_ID, IdOption.contentId.name());
    long printed = 0;
    try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(settings)) {
      consumer.subscribe(List.of(TOPIC));
      while (printed < count) {
        // Delivery is at least once: a real subscriber drops a ce_id that it has seen.
        for (ConsumerRecord<String, GenericRecord> message : consumer.poll(Duration.ofSeconds(1))) {
          if (printed == count) break;
          System.out.println(line(message));
          printed++;
        }
      }
    }
  }
}
