using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using PasswordOps.Core.Report;

namespace PasswordOps.Files.Report;

/// <summary>A report that is being written, under other names until it is complete.</summary>
internal sealed class ReportOutput : IReportOutput
{
    // Names of columns are for programs: they are the same in every language.
    private static readonly string[] Columns =
    {
        "Name", "UserPrincipalName", "Department", "IsAdmin", "IsSynced", "IsSsprEnabled", "IsSsprRegistered", "IsSsprCapable", "Methods",
        "Verdict", "Reason", "NextStep",
    };

    private readonly DraftFile page;
    private readonly DraftFile data;
    private readonly CsvSheetOutput people;

    public ReportOutput(DraftFile page, DraftFile data, DraftFile people)
    {
        this.page = page;
        this.data = data;
        this.people = new CsvSheetOutput(people, Columns, ',');
    }

    public void Write(ReportPerson person) => people.Write(new[]
    {
        person.Name, person.UserPrincipalName, person.Department ?? string.Empty, Word(person.IsAdmin), Word(person.IsSynced),
        Word(person.IsEnabled), Word(person.IsRegistered), Word(person.IsCapable), person.Methods, person.Verdict.ToString(),
        person.Reason, person.NextStep ?? string.Empty,
    });

    public void Complete(PasswordReport report)
    {
        byte[] html = Encoding.UTF8.GetBytes(ReportPage.Write(report));
        page.Try(() => page.Stream.Write(html, 0, html.Length));
        data.Try(() => JsonSerializer.Serialize(data.Stream, report, ReportJson.Default.PasswordReport));

        // The page last: who sees it finds the other two.
        people.Complete();
        data.Complete();
        page.Complete();
    }

    public void Dispose()
    {
        people.Dispose();
        data.Dispose();
        page.Dispose();
    }

    private static string Word(bool? value) => value switch { true => "true", false => "false", _ => string.Empty };
}
