package io.pgscim.audit.review;

import java.util.ArrayList;
import java.util.List;

/** A text with headings and tables, before it is Markdown or HTML. */
record Document(List<Block> blocks) {

  /** What it consists of. */
  sealed interface Block {
    record Heading(int level, String text) implements Block {}

    record Paragraph(String text) implements Block {}

    /**
     * @param rows as many cells each as the head has
     */
    record Table(List<String> head, List<List<String>> rows) implements Block {}
  }

  Document() {
    this(new ArrayList<>());
  }

  Document heading(int level, String text) {
    blocks.add(new Block.Heading(level, text));
    return this;
  }

  Document paragraph(String text) {
    blocks.add(new Block.Paragraph(text));
    return this;
  }

  Document table(List<String> head, List<List<String>> rows) {
    blocks.add(new Block.Table(head, rows));
    return this;
  }
}
