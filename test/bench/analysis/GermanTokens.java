import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.Version;

/** Lucene's side of ../analysis.mjs: holds the texts in memory, and analyses them all once for each line it reads. */
public final class GermanTokens {
  private static final Analyzer ANALYZER = new GermanAnalyzer();

  /** @param arguments one: a file with one path a line */
  public static void main(String[] arguments) throws Exception {
    List<String> texts = new ArrayList<>();
    // not readString: that refuses malformed bytes, and the other side reads on
    for (String path : Files.readAllLines(Path.of(arguments[0]))) {
      texts.add(new String(Files.readAllBytes(Path.of(path)), StandardCharsets.UTF_8));
    }
    String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(collector -> collector.getName())
        .collect(Collectors.joining("/"));
    System.out.printf("{\"about\": \"Lucene %s on Java %s, collector %s\"}%n",
        Version.LATEST, System.getProperty("java.version"), collectors);

    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var input = new BufferedReader(new InputStreamReader(System.in));
    while (input.readLine() != null) {
      long cpu = system.getProcessCpuTime();
      long started = System.nanoTime();
      long[] sums = pass(texts);
      double ms = (System.nanoTime() - started) / 1e6;
      double cpuMs = (system.getProcessCpuTime() - cpu) / 1e6;
      System.out.printf(Locale.ROOT, "{\"ms\": %f, \"cpuMs\": %f, \"tokens\": %d, \"letters\": %d, \"read\": %d}%n",
          ms, cpuMs, sums[0], sums[1], sums[2]);
    }
  }

  /** Tokens given, the letters of their terms, and tokens read: the stop words left out are seen in the positions only. */
  private static long[] pass(List<String> texts) throws Exception {
    long tokens = 0;
    long letters = 0;
    long read = 0;
    for (String text : texts) {
      try (TokenStream stream = ANALYZER.tokenStream("text", text)) {
        var term = stream.getAttribute(CharTermAttribute.class);
        var position = stream.getAttribute(PositionIncrementAttribute.class);
        stream.reset();
        while (stream.incrementToken()) {
          tokens += 1;
          letters += term.length();
          read += position.getPositionIncrement();
        }
        stream.end();
        read += position.getPositionIncrement();
      }
    }
    return new long[] {tokens, letters, read};
  }
}
