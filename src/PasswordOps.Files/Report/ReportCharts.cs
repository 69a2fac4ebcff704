using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using PasswordOps.Core;
using PasswordOps.Core.Report;

namespace PasswordOps.Files.Report;

/// <summary>Charts as SVG with a text in their place for those who do not see them. Colours are classes of the style.</summary>
internal sealed class ReportCharts
{
    private const int Width = 640;

    public ReportCharts(CultureInfo culture)
    {
        Culture = culture;
    }

    public CultureInfo Culture { get; }

    public string Number(int value) => value.ToString("N0", Culture);

    public string? Share(int part, int all) => all == 0 ? null : ((double)part / all).ToString("P0", Culture);

    /// <summary>One bar a line, its length the share of all.</summary>
    public string Bars(string id, string title, IReadOnlyList<ReportShare> shares, int all)
    {
        const int step = 44;
        const int thick = 16;
        List<XElement> parts = new();
        for (int i = 0; i < shares.Count; i++)
        {
            int top = i * step;
            ReportShare share = shares[i];
            string count = Number(share.Count) + (Share(share.Count, all) is string part ? "  " + part : string.Empty);
            parts.Add(Words(0, top + 14, share.Name, null, "start"));
            parts.Add(Words(Width, top + 14, count, "soft", "end"));
            parts.Add(Bar("track", 0, top + 20, Width, thick));
            parts.Add(Bar("b1", 0, top + 20, all == 0 ? 0 : (double)Width * share.Count / all, thick));
        }

        string told = string.Join("; ", shares.Select(share => $"{share.Name}: {Number(share.Count)}"));
        return Drawing(id, title, told, Math.Max(1, shares.Count) * step, parts);
    }

    /// <summary>One column a day: what succeeded, what failed and what was abandoned, one on the other; resets by administrators as a line
    /// of dots.</summary>
    public string Days(string id, string title, IReadOnlyList<ReportDay> days)
    {
        const int bottom = 200;
        const int top = 34;
        const int left = 44;
        int most = Math.Max(1, days.Count == 0 ? 0 : days.Max(day => Math.Max(day.Succeeded + day.Failed + day.Abandoned, day.ByAdmins)));
        double wide = (double)(Width - left) / Math.Max(1, days.Count);
        double high = (double)(bottom - top) / most;
        List<XElement> parts = new()
        {
            Words(left - 8, top + 4, Number(most), "soft", "end"),
            Words(left - 8, bottom + 4, "0", "soft", "end"),
            Line(left, top, Width),
            Line(left, bottom, Width),
        };
        parts.AddRange(Legend(left));
        for (int i = 0; i < days.Count; i++)
        {
            ReportDay day = days[i];
            double x = left + (i * wide) + (wide * 0.12);
            double y = bottom;
            foreach ((string kind, int count) in new[] { ("b4", day.Succeeded), ("b2", day.Failed), ("b3", day.Abandoned) })
            {
                double part = count * high;
                y -= part;
                if (count > 0)
                {
                    parts.Add(Bar(kind, x, y, wide * 0.76, part));
                }
            }

            if (day.ByAdmins > 0)
            {
                parts.Add(new XElement(
                    "circle", new XAttribute("class", "b1"), At("cx", x + (wide * 0.38)), At("cy", bottom - (day.ByAdmins * high)),
                    At("r", Math.Min(4, wide * 0.3))));
            }

            // As many dates as have room.
            if (i % Math.Max(1, (int)Math.Ceiling(60 / wide)) == 0)
            {
                parts.Add(Words(x, bottom + 20, day.Date.ToString("MM-dd", CultureInfo.InvariantCulture), "soft", "start"));
            }
        }

        string succeeded = Number(days.Sum(day => day.Succeeded));
        string failed = Number(days.Sum(day => day.Failed));
        string abandoned = Number(days.Sum(day => day.Abandoned));
        string byAdmins = Number(days.Sum(day => day.ByAdmins));
        string told = Text.Of(
            $"In {days.Count} days {succeeded} succeeded, {failed} failed or were blocked, {abandoned} were abandoned; "
            + $"administrators reset {byAdmins}. The figures by day follow as a table.");
        return Drawing(id, title, told, bottom + 30, parts);
    }

    private static IEnumerable<XElement> Legend(int left)
    {
        double x = left;
        foreach ((string kind, string name) in new[]
        {
            ("b4", Text.Of($"Succeeded")), ("b2", Text.Of($"Failed or blocked")), ("b3", Text.Of($"Abandoned")),
            ("b1", Text.Of($"Reset by administrators")),
        })
        {
            yield return kind == "b1"
                ? new XElement("circle", new XAttribute("class", kind), At("cx", x + 5), At("cy", 9), At("r", 4))
                : Bar(kind, x, 4, 10, 10);
            yield return Words(x + 15, 14, name, null, "start");
            x += 30 + (name.Length * 7);
        }
    }

    private static string Drawing(string id, string title, string told, int height, IEnumerable<XElement> parts) => new XElement(
        "svg",
        new XAttribute("viewBox", FormattableString.Invariant($"0 0 {Width} {height}")),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", $"{id}-title {id}-told"),
        new XElement("title", new XAttribute("id", id + "-title"), title),
        new XElement("desc", new XAttribute("id", id + "-told"), told),
        parts).ToString(SaveOptions.DisableFormatting);

    private static XElement Bar(string kind, double x, double y, double width, double height) => new(
        "rect", new XAttribute("class", kind), At("x", x), At("y", y), At("width", width), At("height", height), At("rx", 2));

    private static XElement Line(double x, double y, double end) => new(
        "line", new XAttribute("class", "axis"), At("x1", x), At("y1", y), At("x2", end), At("y2", y));

    private static XElement Words(double x, double y, string text, string? kind, string anchor) => new(
        "text", At("x", x), At("y", y), new XAttribute("text-anchor", anchor), kind is null ? null : new XAttribute("class", kind), text);

    private static XAttribute At(string name, double value) => new(name, value.ToString("0.##", CultureInfo.InvariantCulture));
}
