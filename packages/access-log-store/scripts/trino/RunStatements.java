import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.Session;
import io.trino.plugin.memory.MemoryConnectorFactory;
import io.trino.testing.LocalQueryRunner;
import io.trino.testing.MaterializedRow;
import io.trino.testing.TestingSession;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs statements on a Trino engine in this process. The first argument is a file with the JSON
 * {"setup": [sql], "statements": [{"text", "parameters": [literal]}]}, the second one the file for the
 * rows of each statement.
 */
public class RunStatements {
  public static void main(String[] arguments) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode input = mapper.readTree(new File(arguments[0]));
    Session session =
        TestingSession.testSessionBuilder().setCatalog("memory").setSchema("default").build();
    LocalQueryRunner runner = LocalQueryRunner.create(session);
    runner.createCatalog("memory", new MemoryConnectorFactory(), Map.of());
    for (JsonNode statement : input.get("setup")) {
      runner.execute(statement.asText());
    }
    List<List<List<Object>>> answers = new ArrayList<>();
    for (JsonNode statement : input.get("statements")) {
      List<String> parameters = new ArrayList<>();
      statement.get("parameters").forEach(parameter -> parameters.add(parameter.asText()));
      Session prepared =
          Session.builder(session).addPreparedStatement("asked", statement.get("text").asText()).build();
      String using = parameters.isEmpty() ? "" : " USING " + String.join(", ", parameters);
      List<List<Object>> rows = new ArrayList<>();
      for (MaterializedRow row : runner.execute(prepared, "EXECUTE asked" + using).getMaterializedRows()) {
        rows.add(new ArrayList<>(row.getFields()));
      }
      answers.add(rows);
    }
    mapper.writeValue(new File(arguments[1]), answers);
    System.exit(0);
  }
}
