// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads reports with Jackson's streaming parser: no tree, no object of a field that the job does not need. */
public final class ReportReader {
  private static final JsonFactory FACTORY = new JsonFactoryBuilder().build();

  private final Map<String, Integer> categories = new HashMap<>();

  public ReportReader() {
    for (int i = 0; i < Job.CATEGORIES.length; i++) categories.put(Job.CATEGORIES[i], i);
  }

  /** Fills `into`; the bytes are a structured CloudEvent. */
  public Report read(byte[] bytes, Report into) throws IOException {
    try (JsonParser json = FACTORY.createParser(bytes)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "time" -> into.time = millis(json.getTextCharacters(), json.getTextOffset());
          case "data" -> readData(json, into);
          default -> json.skipChildren();
        }
      }
      return into;
    }
  }

  private void readData(JsonParser json, Report into) throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "area" -> into.area = json.getText();
        case "category" -> into.category = categories.getOrDefault(json.getText(), -1);
        case "severity" -> into.severity = json.getIntValue();
        case "source" -> into.source = json.getTextCharacters()[json.getTextOffset()] - 'A';
        case "content" -> into.content = json.getIntValue();
        case "reporter" -> readReporter(json, into);
        default -> json.skipChildren();
      }
    }
  }

  private static void readReporter(JsonParser json, Report into) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean ref = json.currentName().equals("ref");
      json.nextToken();
      if (ref) into.reporter = json.getText();
    }
  }

  private static void expect(JsonToken token, JsonToken wanted) throws IOException {
    if (token != wanted) throw new IOException("not a report");
  }

  /** 2024-10-01T00:00:00.000+07:00: every time of the job has this form. */
  private static long millis(char[] text, int at) {
    long day = daysFromCivil(number(text, at, 4), number(text, at + 5, 2), number(text, at + 8, 2));
    long second = number(text, at + 11, 2) * 3600L + number(text, at + 14, 2) * 60L + number(text, at + 17, 2);
    long offset = number(text, at + 24, 2) * 3600L + number(text, at + 27, 2) * 60L;
    if (text[at + 23] == '-') offset = -offset;
    return (day * 86_400 + second - offset) * 1000 + number(text, at + 20, 3);
  }

  private static int number(char[] text, int at, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) value = value * 10 + text[at + i] - '0';
    return value;
  }

  private static long daysFromCivil(int year, int month, int day) {
    return java.time.LocalDate.of(year, month, day).toEpochDay();
  }
}
