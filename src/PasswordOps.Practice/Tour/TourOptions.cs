using System;
using System.Globalization;
using System.IO;

namespace PasswordOps.Practice.Tour;

/// <summary>What the reader asked of the tour.</summary>
internal sealed record TourOptions
{
    internal const string Usage = """
        usage: tour [--csv FILE] [--out FOLDER] [--users 1100] [--latency MS]

          --csv FILE     use this contact sheet; the practice tenant gets its users
          --out FOLDER   leave the outputs here (default: a new folder of the temporary folder)
        """;

    /// <summary>The reader's own sheet; null has one made.</summary>
    public string? CsvFile { get; init; }

    public string? OutFolder { get; init; }

    public int Users { get; init; } = 1100;

    public int Latency { get; init; } = 20;

    /// <exception cref="UsageException">An argument is unknown or does not fit.</exception>
    internal static TourOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new TourOptions();
        for (int index = 0; index < arguments.Length; index += 2)
        {
            string name = arguments[index];
            if (name is not ("--csv" or "--out" or "--users" or "--latency"))
                throw new UsageException($"Unknown option '{name}'.");
            if (index + 1 >= arguments.Length)
                throw new UsageException($"{name} needs a value.");
            string value = arguments[index + 1];
            options = name switch
            {
                "--csv" => options with
                {
                    CsvFile = File.Exists(value)
                        ? Path.GetFullPath(value)
                        : throw new UsageException($"--csv: there is no file '{value}'."),
                },
                "--out" => options with { OutFolder = Path.GetFullPath(value) },
                "--users" => options with { Users = Number(name, value, 50, 100_000) },
                _ => options with { Latency = Number(name, value, 0, 10_000) },
            };
        }
        return options;
    }

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{name} must be a whole number from {least} to {most}, not '{value}'.");
}
