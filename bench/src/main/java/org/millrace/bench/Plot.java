package org.millrace.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What something costs against how much there is of it, both axes logarithmic: beside a line of
 * what grows as much as it does. What is no steeper than that line is no worse than linear.
 */
record Plot(String of, List<Growth.Cost> costs) {

  /** Writes it as SVG; the file's name tells what there is much of. */
  void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("growth-" + of.toLowerCase(Locale.ROOT).replace(' ', '-') + ".svg");
    VectorGraphicsEncoder.saveVectorGraphic(chart(), file.toString(), VectorGraphicsFormat.SVG);
  }

  private XYChart chart() {
    double[] sizes = costs.stream().mapToDouble(Growth.Cost::size).toArray();
    double[] both = costs.stream().mapToDouble(Growth.Cost::both).toArray();
    double[] linear = Arrays.stream(sizes).map(size -> both[0] * size / sizes[0]).toArray();
    XYChart chart =
        new XYChartBuilder()
            .width(640)
            .height(400)
            .theme(ChartTheme.Matlab)
            .title("A stage's processor time")
            .xAxisTitle(of)
            .yAxisTitle("ms, JVM and PostgreSQL")
            .build();
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setPlotGridLinesStroke(new BasicStroke(0.5f)) // Dashes would be half a megabyte of SVG.
        .setPlotGridLinesColor(new Color(225, 225, 225))
        .setAxisTicksLineVisible(false)
        .setLegendPosition(LegendPosition.InsideNW);
    chart.addSeries("measured", sizes, both);
    chart.addSeries("linear", sizes, linear).setMarker(SeriesMarkers.NONE);
    return chart;
  }
}
