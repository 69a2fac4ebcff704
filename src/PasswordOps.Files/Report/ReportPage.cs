using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using HandlebarsDotNet;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Report;

namespace PasswordOps.Files.Report;

/// <summary>
/// Makes the page of a report: one file without anything from the network. Style and script stand in it, and its policy lets only these two
/// run, so that a display name could not become code even if escaping failed.
/// </summary>
internal static class ReportPage
{
    /// <summary>Names longer than this are cut in the page; the sheet has them whole.</summary>
    private const int LongestText = 200;
    private const int LongestSentence = 1_000;

    private static readonly Lazy<HandlebarsTemplate<object, object>> Template = new(Compile);
    private static readonly string Style = Part("report.css");
    private static readonly string Script = Part("report.js");

    public static string Write(PasswordReport report)
    {
        ReportCharts charts = new(CultureInfo.GetCultureInfo(report.Language));
        ReportTables tables = new(charts.Culture, Cut, text => Cut(text, LongestSentence));
        Dictionary<string, object?> page = new(StringComparer.Ordinal)
        {
            ["language"] = report.Language,
            ["policy"] = $"default-src 'none'; style-src 'sha256-{Digest(Style)}'; script-src 'sha256-{Digest(Script)}'; "
                + "base-uri 'none'; form-action 'none'",
            ["style"] = Style,
            ["script"] = Script,
            ["tenant"] = Cut(report.TenantName),
            ["made"] = ReportTables.Moment(report.MadeAt),
            ["madeAt"] = report.MadeAt.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
            ["madeBy"] = report.MadeBy,
            ["masked"] = report.IsMasked,
            ["verdict"] = ReportTables.Word(report.Verdict),
            ["verdictClass"] = ReportTables.Class(report.Verdict),
            ["headline"] = Cut(report.Headline, LongestSentence),
            ["nextStep"] = report.NextStep,
            ["tiles"] = Tiles(report, charts),
            ["problems"] = report.Problems.Select(problem => Problem(problem, charts)).ToList(),
            ["funnel"] = report.Funnel is ReportFunnel funnel ? Funnel(funnel, charts, tables) : null,
            ["methods"] = report.Methods is { Count: > 0 } methods ? Methods(methods, report.Funnel, charts, tables) : null,
            ["gates"] = report.Gates is { } gates ? tables.Gates(gates) : null,
            ["licenses"] = report.Licenses is { } licenses ? tables.Licenses(licenses) : null,
            ["activity"] = report.Activity is { } activity ? Activity(activity, report.TimeZone, charts, tables) : null,
            ["departments"] = report.Departments is { } departments ? tables.Departments(departments) : null,
            ["people"] = report.People.Count > 0 ? tables.People(report.People, report.PeopleInNeed) : null,
            ["checks"] = tables.Checks(report.Checks),
            ["sources"] = tables.Sources(report.Sources),
        };
        page["parts"] = Parts();
        return Template.Value(page);
    }

    private static HandlebarsTemplate<object, object> Compile()
    {
        IHandlebars engine = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new HtmlEncoder() });
        engine.RegisterHelper("t", (output, _, arguments) => output.Write(Text.Translated((string)arguments[0]!)));
        foreach (string part in new[] { "missing", "plain", "figures", "table" })
        {
            engine.RegisterTemplate(part, Part($"part-{part}.hbs"));
        }

        return engine.Compile(Part("report.hbs"));
    }

    private static string Part(string name)
    {
        using Stream stream = typeof(ReportPage).GetTypeInfo().Assembly.GetManifestResourceStream("PasswordOps.Report." + name)
            ?? throw new InvalidOperationException($"The file Report/{name} is not in this build.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static string Digest(string text)
    {
        using SHA256 hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    private static string Cut(string text) => Cut(text, LongestText);

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text.Substring(0, end) + "…";
    }

    private static object[] Parts() => new (string Id, string Title)[]
    {
        ("problems", "What to do, the worst first"),
        ("funnel", "From enabled to capable"),
        ("methods", "Methods"),
        ("gates", "How many methods are needed"),
        ("licenses", "Licences"),
        ("activity", "Resets and failures"),
        ("departments", "Departments"),
        ("people", "People who need something done"),
        ("checks", "Checks of the tenant"),
        ("sources", "What this was made from"),
    }.Select(part => (object)new { id = part.Id, title = Text.Translated(part.Title) }).ToArray();

    private static List<object> Tiles(PasswordReport report, ReportCharts charts)
    {
        List<object> tiles = new();
        if (report.Funnel is ReportFunnel funnel)
        {
            Add(Text.Of($"Users in the report"), funnel.Users, null);
            Add(Text.Of($"Enabled"), funnel.Enabled, charts.Share(funnel.Enabled, funnel.Users));
            Add(Text.Of($"Registered"), funnel.Registered, charts.Share(funnel.Registered, funnel.Users));
            Add(Text.Of($"Can reset now"), funnel.Capable, charts.Share(funnel.Capable, funnel.Users));
        }

        if (report.Activity is ReportActivity activity)
        {
            int succeeded = activity.Days.Sum(day => day.Succeeded);
            int tried = succeeded + activity.Days.Sum(day => day.Failed);
            int days = activity.Days.Count;
            Add(Text.Of($"Succeeded by themselves"), succeeded, Text.Of($"in {days} days"));
            Add(Text.Of($"Failed or blocked"), tried - succeeded, charts.Share(tried - succeeded, tried));
        }

        return tiles;

        void Add(string label, int value, string? note) => tiles.Add(new { label, value = charts.Number(value), note });
    }

    private static object Problem(ReportProblem problem, ReportCharts charts)
    {
        string? users = problem.Users is int count ? charts.Number(count) : null;
        return new
        {
            verdict = ReportTables.Word(problem.Verdict),
            verdictClass = ReportTables.Class(problem.Verdict),
            text = Cut(problem.Text, LongestSentence),
            users = users is null ? null : problem.Users == 1 ? Text.Of($"1 person") : Text.Of($"{users} people"),
            fix = problem.Fix,
            command = problem.Command,
            checkId = problem.CheckId,
        };
    }

    private static object Funnel(ReportFunnel funnel, ReportCharts charts, ReportTables tables)
    {
        ReportShare[] steps =
        {
            new(Text.Of($"Users in the report"), funnel.Users),
            new(Text.Of($"Enabled"), funnel.Enabled),
            new(Text.Of($"Registered"), funnel.Registered),
            new(Text.Of($"Capable: enabled and registered"), funnel.Capable),
        };
        string unknown = charts.Number(funnel.Unknown);
        return new
        {
            chart = charts.Bars("funnel-chart", Text.Of($"From enabled to capable"), steps, funnel.Users),
            note = funnel.Unknown == 0
                ? null
                : Text.Of($"{unknown} users of the directory are not in the registration report (blocked ones never are): ")
                + Text.Of($"unknown, not zero."),
            table = tables.Shares(Text.Of($"From enabled to capable"), steps, funnel.Users),
        };
    }

    private static object Methods(IReadOnlyList<ReportShare> methods, ReportFunnel? funnel, ReportCharts charts, ReportTables tables)
    {
        int all = funnel?.Users ?? methods.Max(method => method.Count);
        string title = Text.Of($"Users by registered method");
        return new { chart = charts.Bars("methods-chart", title, methods, all), table = tables.Shares(title, methods, all) };
    }

    private static object Activity(ReportActivity activity, string timeZone, ReportCharts charts, ReportTables tables)
    {
        string from = ReportTables.Moment(activity.From);
        string to = ReportTables.Moment(activity.To);
        return new
        {
            chart = charts.Days("activity-chart", Text.Of($"Resets, changes and unlocks by day"), activity.Days),
            note = Text.Of($"From {from} to {to}; days in the time zone {timeZone}. Rows of the last hour may still be on their way."),
            table = tables.Days(activity.Days),
            reasons = activity.Reasons.Count > 0 ? tables.Reasons(activity.Reasons) : null,
        };
    }
}
