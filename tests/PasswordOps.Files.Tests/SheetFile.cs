using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files.Tests;

/// <summary>A sheet in a temporary file.</summary>
internal sealed class SheetFile : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "sheet-" + Guid.NewGuid().ToString("N"));

    public SheetFile(byte[] content)
    {
        Directory.CreateDirectory(_folder);
        FilePath = Path.Combine(_folder, "hr.csv");
        File.WriteAllBytes(FilePath, content);
    }

    public SheetFile(string content)
        : this(new UTF8Encoding(false).GetBytes(content))
    {
    }

    public string FilePath { get; }

    public static List<SheetRow> Read(string content)
    {
        using SheetFile file = new(content);
        return file.Rows();
    }

    public static List<SheetRow> Read(byte[] content)
    {
        using SheetFile file = new(content);
        return file.Rows();
    }

    /// <summary>The failure that reading ends with; the test fails when there is none.</summary>
    public static PasswordOpsException Failure(string content) => Assert.Throws<PasswordOpsException>(() => Read(content));

    public static PasswordOpsException Failure(byte[] content) => Assert.Throws<PasswordOpsException>(() => Read(content));

    public List<SheetRow> Rows()
    {
        using ISheet sheet = new CsvSheetReader().Open(FilePath, SheetOptions.Default);
        return sheet.Rows().ToList();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
