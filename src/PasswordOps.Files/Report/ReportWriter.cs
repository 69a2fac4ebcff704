using System.IO;
using PasswordOps.Core.Report;

namespace PasswordOps.Files.Report;

/// <summary>Writes a report as a page, a sheet and data.</summary>
public sealed class ReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public IReportOutput Create(string path, bool overwrite)
    {
        DraftFile page = DraftFile.Create(path, overwrite);
        DraftFile? data = null;
        try
        {
            data = DraftFile.Create(Path.ChangeExtension(path, ".json"), overwrite);
            return new ReportOutput(page, data, DraftFile.Create(Path.ChangeExtension(path, ".csv"), overwrite));
        }
        catch
        {
            page.Dispose();
            data?.Dispose();
            throw;
        }
    }
}
