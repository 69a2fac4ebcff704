#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files.Tests;

public sealed class CsvSheetPropertyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Bytes that matter to a reader of sheets come often, all others now and then.</summary>
    private static readonly Gen<byte> Byte = Gen.Frequency(
        (6, Gen.Elements("\",;\t\r\n =@'+".Select(c => (byte)c).ToArray())),
        (3, Gen.Elements("abUPN0129".Select(c => (byte)c).ToArray())),
        (1, Gen.Choose(0, 255).Select(value => (byte)value)));

    private static readonly SheetOptions IgnoringOthers = new() { IgnoresOthers = true };

    private static readonly Gen<string> Cell =
        Gen.ArrayOf(Gen.Elements("ab\",;\t\r\n '\u00e9\u20ac+1".ToCharArray())).Select(chars => new string(chars));

    [Fact]
    public void Whatever_the_bytes_reading_ends_with_rows_or_with_a_failure_of_ours()
    {
        Gen<byte[]> pure = Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value));
        Gen<byte[]> headed = Gen.ArrayOf(Byte).Select(tail => Encoding.ASCII.GetBytes("UPN,Mobile\r\n").Concat(tail).ToArray());
        Gen<byte[]> wide = Gen.ArrayOf(Byte).Select(tail => Encoding.Unicode.GetBytes("UPN;Mobile\r\n").Concat(tail).ToArray());
        Prop.ForAll(Gen.OneOf(pure, Gen.ArrayOf(Byte), headed, wide).ToArbitrary(), (byte[] content) =>
        {
            Task<bool> reading = Task.Run(() => EndsWell(content, content.Length % 2 == 0 ? SheetOptions.Default : IgnoringOthers));
            Assert.True(reading.Wait(Patience), "reading does not end");
            return reading.Result;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(300));
    }

    [Fact]
    public void What_is_written_by_the_rules_is_read_back()
    {
        Gen<string[][]> sheets = Gen.ArrayOf(Gen.ArrayOf(Cell, 3));
        Prop.ForAll(sheets.ToArbitrary(), Gen.Elements(',', ';', '\t').ToArbitrary(), (string[][] rows, char d) =>
        {
            string text = string.Join(d, "UPN", "Mobile", "Office") + "\n"
                + string.Concat(rows.Select(row => string.Join(d, row.Select(cell => '"' + cell.Replace("\"", "\"\"") + '"')) + "\r\n"));
            List<string[]> expected = rows.Select(row => row.Select(cell => cell.Trim()).ToArray())
                .Where(row => row.Any(cell => cell.Length > 0)).ToList();
            List<string[]> read = SheetFile.Read(text)
                .Select(row => new[] { SheetColumn.Identity, SheetColumn.Mobile, SheetColumn.Office }
                    .Select(column => row.Cells[column]).ToArray())
                .ToList();
            Assert.Equal(expected, read);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void What_the_writer_writes_the_reader_reads()
    {
        Gen<string> cell = Gen.ArrayOf(Gen.Elements("ab\",;\t\r\n '\u00e9\u20ac=+-@1x|".ToCharArray()))
            .Select(chars => new string(chars).Trim());
        Gen<string[][]> sheets = Gen.ArrayOf(Gen.ArrayOf(cell, 3));
        string folder = Path.Combine(Path.GetTempPath(), "out-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "out.csv");
        Prop.ForAll(sheets.ToArbitrary(), Gen.Elements(',', ';', '\t').ToArbitrary(), (string[][] rows, char delimiter) =>
        {
            using (ISheetOutput output = new CsvSheetWriter().Create(path, new[] { "UPN", "Mobile", "Office" }, delimiter, overwrite: true))
            {
                Array.ForEach(rows, output.Write);
                output.Complete();
            }

            using ISheet sheet = new CsvSheetReader().Open(path, SheetOptions.Default);
            Assert.Equal(
                rows.Where(row => row.Any(text => text.Length > 0)),
                sheet.Rows().Select(row => new[]
                {
                    row.Cells[SheetColumn.Identity], row.Cells[SheetColumn.Mobile], row.Cells[SheetColumn.Office],
                }));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        Directory.Delete(folder, recursive: true);
    }

    private static bool EndsWell(byte[] content, SheetOptions options)
    {
        using SheetFile file = new(content);
        try
        {
            int before = 1;
            foreach (SheetRow row in file.Rows(options))
            {
                Assert.InRange(row.Number, before + 1, content.Length + 1);
                before = row.Number;
                if (row.Error is PasswordOpsException error)
                {
                    Assert.Equal("SheetRowBroken", error.Id);
                    Assert.StartsWith(FormattableString.Invariant($"hr.csv, row {row.Number}, column '"), error.Message);
                    Assert.Empty(row.Cells);
                }
            }
        }
        catch (PasswordOpsException e)
        {
            return e.Id.StartsWith("Sheet", StringComparison.Ordinal) && e.Advice.Length > 0;
        }

        return true;
    }
}
#endif
