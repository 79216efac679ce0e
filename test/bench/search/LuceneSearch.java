import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene's side of ../search.mjs: indexes one passage a line with the GermanAnalyzer, on disk and memory-mapped, and answers all
 * queries once for each line it reads.
 */
public final class LuceneSearch {
  private static final Analyzer ANALYZER = new GermanAnalyzer();
  private static final int HITS = 10;

  /** @param arguments the passages, the queries (one a line each), a folder for the index */
  public static void main(String[] arguments) throws Exception {
    List<String> queries = Files.readAllLines(Path.of(arguments[1]));
    var directory = new MMapDirectory(Path.of(arguments[2]));
    long started = System.nanoTime();
    try (var writer = new IndexWriter(directory, new IndexWriterConfig(ANALYZER));
        Stream<String> passages = Files.lines(Path.of(arguments[0]))) {
      int number = 0;
      for (String passage : (Iterable<String>) passages::iterator) {
        var document = new Document();
        document.add(new StoredField("number", number++));
        document.add(new TextField("text", passage, Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    var searcher = new IndexSearcher(DirectoryReader.open(directory));
    long bytes = Arrays.stream(directory.listAll()).mapToLong(name -> length(directory, name)).sum();
    System.out.printf(Locale.ROOT, "{\"about\": \"Lucene %s, GermanAnalyzer, BM25, Java %s\", \"buildSeconds\": %f, \"diskBytes\": %d}%n",
        Version.LATEST, System.getProperty("java.version"), seconds, bytes);

    var input = new BufferedReader(new InputStreamReader(System.in));
    while (input.readLine() != null) {
      StringBuilder times = new StringBuilder();
      StringBuilder first = new StringBuilder();
      for (String query : queries) {
        long begun = System.nanoTime();
        ScoreDoc[] hits = searcher.search(parsed(query), HITS).scoreDocs;
        for (ScoreDoc hit : hits) searcher.doc(hit.doc);
        times.append(times.length() == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.4f", (System.nanoTime() - begun) / 1e6));
        first.append(first.length() == 0 ? "" : ",").append(ranks(searcher, hits));
      }
      System.out.println("{\"ms\": [" + times + "], \"hits\": [" + first + "]}");
    }
  }

  private static long length(MMapDirectory directory, String name) {
    try {
      return directory.fileLength(name);
    } catch (java.io.IOException missing) {
      return 0;
    }
  }

  private static String ranks(IndexSearcher searcher, ScoreDoc[] hits) throws Exception {
    StringBuilder numbers = new StringBuilder("[");
    for (ScoreDoc hit : hits) {
      if (numbers.length() > 1) numbers.append(',');
      numbers.append(searcher.doc(hit.doc).get("number"));
    }
    return numbers.append(']').toString();
  }

  /** Any of the words. */
  private static Query parsed(String query) throws Exception {
    var builder = new BooleanQuery.Builder();
    try (TokenStream stream = ANALYZER.tokenStream("text", query)) {
      var term = stream.getAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        builder.add(new TermQuery(new Term("text", term.toString())), BooleanClause.Occur.SHOULD);
      }
      stream.end();
    }
    return builder.build();
  }
}
