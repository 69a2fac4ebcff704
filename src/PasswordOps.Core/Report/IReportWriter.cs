namespace PasswordOps.Core.Report;

/// <summary>The port through which reports are written.</summary>
public interface IReportWriter
{
    /// <summary>Begins a report. Its files appear under their names only when all of them are complete, readable by their owner
    /// alone.</summary>
    /// <param name="path">The page, ending in <c>.html</c>. The sheet of people and the data stand beside it with the same name, ending in
    /// <c>.csv</c> and <c>.json</c>.</param>
    /// <param name="overwrite">True when files of these names may be replaced.</param>
    /// <returns>The report; dispose it.</returns>
    /// <exception cref="PasswordOpsException"><c>FileExists</c>, <c>FileNotWritable</c>.</exception>
    IReportOutput Create(string path, bool overwrite);
}
