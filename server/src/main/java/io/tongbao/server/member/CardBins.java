package io.tongbao.server.member;

import io.tongbao.kernel.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * The cards that can be told by their first digits: a table in {@code member/card-bins.csv}; in the
 * sandbox only the specification's test cards, {@code member/card-bins-sandbox.csv}. The longest
 * beginning wins.
 */
@Component
public final class CardBins {
  private static final int COLUMNS = 7;

  private final NavigableMap<String, CardBin> bins = new TreeMap<>();

  @Autowired
  CardBins(Environment environment) {
    this(
        environment.acceptsProfiles(Profiles.of("sandbox"))
            ? "/member/card-bins-sandbox.csv"
            : "/member/card-bins.csv");
  }

  CardBins(String resource) {
    lines(resource).stream().skip(1).map(CardBins::bin).forEach(b -> bins.put(b.prefix(), b));
  }

  /** What is known of a card with that number. */
  public Optional<CardBin> find(Secret number) {
    String digits = number.reveal();
    for (int length = digits.length(); length > 0; length--) {
      CardBin bin = bins.get(digits.substring(0, length));
      if (bin != null) {
        return Optional.of(bin).filter(b -> b.length() == digits.length());
      }
    }
    return Optional.empty();
  }

  private static CardBin bin(String line) {
    String[] column = line.split(",", -1);
    if (column.length != COLUMNS) {
      throw new IllegalStateException("card bins: " + line);
    }
    return new CardBin(
        column[0],
        Integer.parseInt(column[1]),
        CardType.valueOf(column[2]),
        column[3],
        column[4],
        column[5],
        Boolean.parseBoolean(column[6]));
  }

  private static List<String> lines(String resource) {
    try (InputStream in = CardBins.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no " + resource);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
