package io.pgscim.audit.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilesTest {

  @Test
  void pathsAreThoseOfTheSpecification() {
    assertThat(new Tile(0, 1234067, 256).path()).isEqualTo("tile/0/x001/x234/067");
    assertThat(new Tile(2, 0, 1).path()).isEqualTo("tile/2/000.p/1");
    assertThat(new Tile(Tile.ENTRIES, 999, 256).path()).isEqualTo("tile/entries/999");
    assertThat(new Tile(Tile.ENTRIES, 1000, 7).path()).isEqualTo("tile/entries/x001/000.p/7");
  }

  @Test
  void pathsAreReadBackAndNothingElseIs() {
    for (long index : new long[] {0, 1, 999, 1000, 1234067, 999_999_999_999L}) {
      for (int width : new int[] {1, 255, 256}) {
        var tile = new Tile(3, index, width);
        assertThat(Tile.parse(tile.path())).contains(tile);
      }
    }
    for (String wrong :
        List.of(
            "tile/0/0",
            "tile/00/000",
            "tile/0/x000/001",
            "tile/0/000.p/256",
            "tile/0/000.p/0",
            "tile/64/000",
            "tile/0/../000",
            "tile/entries/000/",
            "tile/0/000.p/",
            "checkpoint",
            "tile/0/x1/000",
            "tile/0/" + "x001/".repeat(19) + "000")) {
      assertThat(Tile.parse(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void aTreeOf70000HasTheTilesOfTheSpecification() {
    assertThat(Tile.edge(70_000))
        .containsExactly(new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1));
    assertThat(Tile.edge(256)).containsExactly(new Tile(1, 0, 1));
    assertThat(Tile.edge(0)).isEmpty();
  }

  @Test
  void hashesAreThoseOfRfc6962() {
    assertThat(HexFormat.of().formatHex(Hash.EMPTY.bytes()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(HexFormat.of().formatHex(Hash.leaf(new byte[0]).bytes()))
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    // The eight leaves and roots that the Certificate Transparency implementations test with.
    var leaves =
        List.of(
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    var edge = new Edge();
    leaves.forEach(leaf -> edge.add(Hash.leaf(HexFormat.of().parseHex(leaf)), (tile, bytes) -> {}));
    assertThat(HexFormat.of().formatHex(edge.root().bytes()))
        .isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 255, 256, 257, 511, 700, 65_535, 65_536, 65_537, 70_000})
  void theEdgeHasTheRootOfTheDefinitionAndIsLoadedFromItsTiles(int size) {
    Map<Tile, byte[]> tiles = new HashMap<>();
    List<Hash> leaves = new ArrayList<>();
    var edge = new Edge();
    for (int i = 0; i < size; i++) {
      Hash leaf = Hash.leaf(("entry " + i).getBytes(UTF_8));
      leaves.add(leaf);
      edge.add(leaf, tiles::put);
    }
    Tile.edge(size).forEach(tile -> tiles.put(tile, edge.bytes(tile)));

    Hash root = definition(leaves);

    assertThat(edge.root()).isEqualTo(root);
    assertThat(Edge.load(size, tiles::get).root()).isEqualTo(root);
    assertThat(tiles.keySet().stream().filter(tile -> tile.level() == 0 && tile.full()))
        .hasSize(size / 256);
    for (long index : new long[] {0, size / 3, size - 1}) {
      List<Hash> path = Proof.inclusion(index, size, tiles::get);
      Hash leaf = leaves.get((int) index);
      assertThat(Proof.includes(index, size, leaf, path, root)).isTrue();
      assertThat(Proof.includes(index, size, Hash.EMPTY, path, root)).isFalse();
      assertThat(Proof.includes(index, size, leaf, path, Hash.EMPTY)).isFalse();
      assertThat(size == 1 || !Proof.includes((index + 1) % size, size, leaf, path, root)).isTrue();
    }
  }

  /** Every older size in every newer one, across the borders of tiles. */
  @Test
  void aTreeProvesThatItGrewOutOfEachOlderOne() {
    Map<Tile, byte[]> tiles = new HashMap<>();
    List<Hash> roots = new ArrayList<>(List.of(Hash.EMPTY));
    var edge = new Edge();
    for (int size = 1; size <= 300; size++) {
      edge.add(Hash.leaf(("entry " + size).getBytes(UTF_8)), tiles::put);
      Tile.edge(size).forEach(tile -> tiles.put(tile, edge.bytes(tile)));
      roots.add(edge.root());
      for (int old = size % 7; old <= size; old += size < 40 ? 1 : 7) {
        List<Hash> path = Proof.consistency(old, size, tiles::get);
        Hash older = roots.get(old);
        Hash newer = roots.get(size);
        assertThat(Proof.consistent(old, older, size, newer, path)).as("%d %d", old, size).isTrue();
        assertThat(Proof.consistent(old, Hash.leaf(new byte[1]), size, newer, path)).isFalse();
        assertThat(old > 0 && Proof.consistent(old, older, size, Hash.leaf(new byte[1]), path))
            .isFalse();
        for (int i = 0; i < path.size(); i++) {
          List<Hash> changed = new ArrayList<>(path);
          changed.set(i, Hash.EMPTY);
          assertThat(Proof.consistent(old, older, size, newer, changed)).isFalse();
          changed.remove(i);
          assertThat(Proof.consistent(old, older, size, newer, changed)).isFalse();
        }
      }
    }
  }

  @Test
  void bundlesAreReadBackAndATornOneIsNoticed() {
    var bundle = new ByteArrayOutputStream();
    List<byte[]> entries = List.of(new byte[] {1}, new byte[65_535], "x".getBytes(UTF_8));
    entries.forEach(entry -> Bundle.append(bundle, entry));

    assertThat(Bundle.entries(bundle.toByteArray())).containsExactlyElementsOf(entries);
    assertThatThrownBy(() -> Bundle.entries(new byte[] {0}))
        .hasMessageContaining("length of entry 0");
    assertThatThrownBy(() -> Bundle.entries(new byte[] {0, 2, 1}))
        .hasMessage("ends inside entry 0");
    assertThatThrownBy(() -> Bundle.append(bundle, new byte[65_536]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** MTH of RFC 6962 section 2.1, word for word. */
  private static Hash definition(List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int k = Integer.highestOneBit(leaves.size() - 1);
    return Hash.node(
        definition(leaves.subList(0, k)), definition(leaves.subList(k, leaves.size())));
  }
}
