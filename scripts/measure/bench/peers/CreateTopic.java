import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** java -cp 'lib/*' CreateTopic.java HOST:PORT TOPIC: four partitions, one replica. */
public class CreateTopic {
  public static void main(String[] args) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", args[0]))) {
      admin.createTopics(List.of(new NewTopic(args[1], 4, (short) 1))).all().get();
    }
  }
}
