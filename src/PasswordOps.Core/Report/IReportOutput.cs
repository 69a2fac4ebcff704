using System;

namespace PasswordOps.Core.Report;

/// <summary>A report that is being written. Disposed before it is complete, it leaves nothing behind.</summary>
public interface IReportOutput : IDisposable
{
    /// <summary>Adds a person to the sheet.</summary>
    /// <param name="person">The person.</param>
    /// <exception cref="PasswordOpsException"><c>FileNotWritable</c>.</exception>
    void Write(ReportPerson person);

    /// <summary>Writes the page and the data, and puts all files under their names.</summary>
    /// <param name="report">The report.</param>
    /// <exception cref="PasswordOpsException"><c>FileNotWritable</c>.</exception>
    void Complete(PasswordReport report);
}
