using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files.Tests;

public sealed class CsvSheetWriterTests : IDisposable
{
    private static readonly string[] Header = { "UserPrincipalName", "Mobile", "AlternateMobile", "Office", "Email" };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "out-" + Guid.NewGuid().ToString("N"));
    private readonly string _path;

    public CsvSheetWriterTests()
    {
        Directory.CreateDirectory(_folder);
        _path = Path.Combine(_folder, "contacts.csv");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sheet_is_what_Excel_expects()
    {
        Write(';', Header, new[] { "ren\u00e9e@contoso.com", "+1 4255550101", "", "+1 4255550191x12", "a;b \"c\"\r\nd" });

        byte[] content = File.ReadAllBytes(_path);
        Assert.Equal(Encoding.UTF8.GetPreamble(), content.Take(3));
        Assert.Equal(
            "UserPrincipalName;Mobile;AlternateMobile;Office;Email\r\n"
            + "ren\u00e9e@contoso.com;+1 4255550101;;+1 4255550191x12;\"a;b \"\"c\"\"\r\nd\"\r\n",
            Encoding.UTF8.GetString(content, 3, content.Length - 3));
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void What_was_written_is_read_back(char delimiter)
    {
        string[][] rows =
        {
            new[] { "anna@contoso.com", "+1 4255550101", "+1 4255550102", "+1 4255550191x12", "o'neil+sspr@fabrikam.com" },
            new[] { "bert@contoso.com", string.Empty, string.Empty, string.Empty, string.Empty },
            new[] { "=cmd|' /C calc'!A0", "=1+1", "-5", "@SUM(A1)", "=\"x\"" },
            new[] { "'t.hooft@contoso.com", "+1", "+1 425 555", "+", "say \"yes\", please; or\tnot" },
        };
        Write(delimiter, Header, rows);

        using ISheet sheet = new CsvSheetReader().Open(_path, SheetOptions.Default);
        Assert.Equal(delimiter, sheet.Delimiter);
        Assert.Equal("utf-8", sheet.EncodingName);
        Assert.Equal(rows, sheet.Rows().Select(row => row.Cells.OrderBy(cell => cell.Key).Select(cell => cell.Value).ToArray()));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+cmd|x")]
    [InlineData("+1+2 3")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("+ 1")]
    public void A_text_that_a_spreadsheet_would_calculate_is_written_as_nothing_but_a_text(string cell)
    {
        Write(',', new[] { "UPN" }, new[] { cell });

        Assert.EndsWith("\n\"=\"\"" + cell + "\"\"\"\r\n", File.ReadAllText(_path));
    }

    [Fact]
    public void Nothing_has_the_name_before_the_sheet_is_complete()
    {
        using (ISheetOutput output = new CsvSheetWriter().Create(_path, Header, ',', overwrite: false))
        {
            output.Write(Header);
            Assert.False(File.Exists(_path));
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_exists_is_replaced_only_when_that_is_asked_for_and_then_as_a_whole()
    {
        File.WriteAllText(_path, "precious");
        Assert.Equal("FileExists", Assert.Throws<PasswordOpsException>(
            () => new CsvSheetWriter().Create(_path, Header, ',', overwrite: false)).Id);
        using (ISheetOutput output = new CsvSheetWriter().Create(_path, Header, ',', overwrite: true))
        {
            output.Write(Header);
            Assert.Equal("precious", File.ReadAllText(_path));
        }

        Assert.Equal("precious", File.ReadAllText(_path));
        using (ISheetOutput output = new CsvSheetWriter().Create(_path, new[] { "UPN" }, ',', overwrite: true))
        {
            output.Complete();
        }

        Assert.Equal("\uFEFFUPN\r\n", Encoding.UTF8.GetString(File.ReadAllBytes(_path)));
        Assert.Equal(new[] { _path }, Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_came_meanwhile_is_not_replaced()
    {
        using ISheetOutput output = new CsvSheetWriter().Create(_path, Header, ',', overwrite: false);
        File.WriteAllText(_path, "precious");

        Assert.Equal("FileExists", Assert.Throws<PasswordOpsException>(output.Complete).Id);
        Assert.Equal("precious", File.ReadAllText(_path));
        Assert.Equal(new[] { _path }, Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_is_no_place_for_a_file_is_said()
    {
        foreach (string path in new[] { _folder, Path.Combine(_folder, "missing", "a.csv"), "a\0b" })
        {
            Assert.Equal("FileNotWritable", Assert.Throws<PasswordOpsException>(
                () => new CsvSheetWriter().Create(path, Header, ',', overwrite: true)).Id);
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Rows_have_the_cells_of_the_header()
    {
        using ISheetOutput output = new CsvSheetWriter().Create(_path, Header, ',', overwrite: false);

        Assert.Throws<ArgumentException>(() => output.Write(new[] { "x" }));
        output.Complete();
        Assert.Throws<ObjectDisposedException>(() => output.Write(Header));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CsvSheetWriter().Create(_path, Header, '|', overwrite: true));
    }

#if NET
    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_sheet_is_for_its_owner_alone_also_where_it_replaces_one_for_all()
    {
        Skip.If(Path.DirectorySeparatorChar == '\\', "Windows inherits the folder's rights.");
        File.WriteAllText(_path, "x");
        File.SetUnixFileMode(_path, File.GetUnixFileMode(_path) | UnixFileMode.OtherRead);
        using (ISheetOutput output = new CsvSheetWriter().Create(_path, Header, ',', overwrite: true))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(_folder, ".*").Single()));
            output.Complete();
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
    }

    [SkippableFact]
    public void A_device_or_a_link_is_not_put_away()
    {
        Skip.If(Path.DirectorySeparatorChar == '\\', "There are no such devices.");
        File.WriteAllText(Path.Combine(_folder, "target"), "precious");
        File.CreateSymbolicLink(_path, Path.Combine(_folder, "target"));

        foreach (string path in new[] { "/dev/null", "/dev/stdout", _path })
        {
            Assert.Equal("FileNotWritable", Assert.Throws<PasswordOpsException>(
                () => new CsvSheetWriter().Create(path, Header, ',', overwrite: true)).Id);
        }
    }

    [SkippableFact]
    public void A_full_disk_is_said_and_leaves_nothing_behind()
    {
        using SmallDisk disk = SmallDisk.Mount(_folder);
        string path = Path.Combine(disk.Folder, "contacts.csv");
        using ISheetOutput output = new CsvSheetWriter().Create(path, Header, ',', overwrite: false);

        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                output.Write(new[] { $"user{i}@contoso.com", "+1 4255550101", string.Empty, string.Empty, string.Empty });
            }

            output.Complete();
        });

        Assert.Equal("FileNotWritable", failure.Id);
        Assert.Contains("space", failure.Message);
        Assert.Empty(Directory.GetFiles(disk.Folder));
        Assert.Throws<ObjectDisposedException>(output.Complete);
    }
#endif

    private void Write(char delimiter, string[] header, params string[][] rows)
    {
        using ISheetOutput output = new CsvSheetWriter().Create(_path, header, delimiter, overwrite: false);
        Array.ForEach(rows, output.Write);
        output.Complete();
    }
}
