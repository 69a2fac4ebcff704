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

    public static List<SheetRow> Read(string content, SheetOptions? options = null) =>
        Read(new UTF8Encoding(false).GetBytes(content), options);

    public static List<SheetRow> Read(byte[] content, SheetOptions? options = null)
    {
        using SheetFile file = new(content);
        return file.Rows(options);
    }

    /// <summary>The failure that reading ends with, or else that of the first broken row; the test fails when there is none.</summary>
    public static PasswordOpsException Failure(string content, SheetOptions? options = null) =>
        Failure(new UTF8Encoding(false).GetBytes(content), options);

    public static PasswordOpsException Failure(byte[] content, SheetOptions? options = null)
    {
        using SheetFile file = new(content);
        PasswordOpsException? broken = null;
        PasswordOpsException? failure = Record.Exception(() => broken = file.Rows(options).Find(row => row.Error is not null)?.Error)
            as PasswordOpsException;
        Assert.NotNull(failure ?? broken);
        return (failure ?? broken)!;
    }

    public List<SheetRow> Rows(SheetOptions? options = null)
    {
        using ISheet sheet = new CsvSheetReader().Open(FilePath, options ?? SheetOptions.Default);
        return sheet.Rows().ToList();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
