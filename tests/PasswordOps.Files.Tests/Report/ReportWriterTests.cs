using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using PasswordOps.Core;
using PasswordOps.Core.Report;
using PasswordOps.Files.Report;
using Xunit;

namespace PasswordOps.Files.Tests.Report;

public sealed class ReportWriterTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "report-" + Guid.NewGuid().ToString("N"));
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    public ReportWriterTests() => Directory.CreateDirectory(folder);

    private string Page => Path.Combine(folder, "report.html");

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = before;
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_report_is_a_page_a_sheet_and_data_and_nothing_else()
    {
        Write(SampleReport.Of(SampleReport.People(3).ToArray()));
        Assert.Equal(
            new[] { "report.csv", "report.html", "report.json" },
            Directory.GetFiles(folder).Select(Path.GetFileName).OrderBy(name => name, StringComparer.Ordinal));
        Assert.Equal(4, File.ReadAllLines(Path.ChangeExtension(Page, ".csv")).Length);
        using JsonDocument data = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(Page, ".json")));
        Assert.Equal(6796, data.RootElement.GetProperty("funnel").GetProperty("capable").GetInt32());
        Assert.Equal("Warn", data.RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public void Until_it_is_complete_and_when_it_fails_nothing_stands_in_the_folder()
    {
        using (IReportOutput output = new ReportWriter().Create(Page, overwrite: false))
        {
            output.Write(SampleReport.Person(1));
            Assert.DoesNotContain(Directory.GetFiles(folder), file => Path.GetFileName(file)[0] != '.');
        }

        Assert.Empty(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("report.html")]
    [InlineData("report.csv")]
    [InlineData("report.json")]
    public void A_file_that_is_there_is_replaced_only_when_told(string name)
    {
        string there = Path.Combine(folder, name);
        File.WriteAllText(there, "mine");
        PasswordOpsException error = Assert.Throws<PasswordOpsException>(() => new ReportWriter().Create(Page, overwrite: false));
        Assert.Equal("FileExists", error.Id);
        Assert.Equal("mine", File.ReadAllText(there));
        Assert.Single(Directory.GetFiles(folder));
        Write(SampleReport.Empty, overwrite: true);
        Assert.NotEqual("mine", File.ReadAllText(there));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{{t \"x\"}} {{{raw}}}")]
    [InlineData("'; </style><b>")]
    public void A_name_is_text_wherever_it_stands(string name)
    {
        ReportPerson person = SampleReport.Person(1, name) with
        {
            UserPrincipalName = name, Department = name, Reason = name, NextStep = name, Methods = name,
        };
        PasswordReport report = SampleReport.Of(person) with
        {
            TenantName = name,
            Headline = name,
            NextStep = name,
            Departments = new[] { new ReportGroup(name, 1, 1, 1, 1) },
            Methods = new[] { new ReportShare(name, 1) },
            Problems = new[] { new ReportProblem(name, 0, name, 1, name, name) },
            Licenses = new[] { new ReportLicense(name, 1, 1, true) },
        };
        string page = Write(report);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("</style><b>", page, StringComparison.Ordinal);
        Assert.Equal(1, Count(page, "<script>"));
        Assert.Equal(1, Count(page, "</style>"));
    }

    [Fact]
    public void A_very_long_name_is_cut_in_the_page_and_whole_in_the_sheet()
    {
        string name = new string('n', 199) + "\U0001F511" + new string('n', 9_800);
        string page = Write(SampleReport.Of(SampleReport.Person(1, name)), SampleReport.Person(1, name));
        Assert.DoesNotContain(new string('n', 300), page, StringComparison.Ordinal);
        Assert.Contains(new string('n', 199) + "…", page, StringComparison.Ordinal);
        Assert.Contains(name, File.ReadAllText(Path.ChangeExtension(Page, ".csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_read_is_said_and_is_no_zero()
    {
        string page = Write(SampleReport.Empty);
        Assert.Contains("This could not be read", page, StringComparison.Ordinal);
        Assert.Contains("Grant AuditLog.Read.All.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_asks_the_network_for_nothing()
    {
        string page = Write(SampleReport.Of(SampleReport.People(2).ToArray()));
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_people_fit_into_a_page_of_five_megabytes()
    {
        ReportPerson[] shown = SampleReport.People(PasswordReport.MostPeople).ToArray();
        string page = Write(SampleReport.Of(shown) with { PeopleInNeed = 100_000 });
        Assert.InRange(page.Length, 100_000, 5_000_000);
        Assert.Contains("of 100,000, the worst first", page, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => (text.Length - text.Replace(part, string.Empty).Length) / part.Length;

    private string Write(PasswordReport report, params ReportPerson[] others) => Write(report, true, others);

    private string Write(PasswordReport report, bool overwrite, params ReportPerson[] others)
    {
        using (IReportOutput output = new ReportWriter().Create(Page, overwrite))
        {
            foreach (ReportPerson person in others.Length > 0 ? others : report.People)
            {
                output.Write(person);
            }

            output.Complete(report);
        }

        return File.ReadAllText(Page);
    }
}
