using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files.Tests;

public sealed class CsvSheetReaderTests
{
    private const string Anna = "anna@contoso.com";
    private const string Phone = "+1 4255550100";

    [Fact]
    public void Reads_header_rows_and_line_numbers()
    {
        using SheetFile file = new("UPN,Mobile,E-mail\r\nanna@contoso.com,+1 4255550100,anna@fabrikam.com\r\n\r\nbert@contoso.com,,\r\n");
        using ISheet sheet = new CsvSheetReader().Open(file.FilePath, SheetOptions.Default);

        Assert.Equal("hr.csv", sheet.Name);
        Assert.Equal(new[] { "UPN", "Mobile", "E-mail" }, sheet.Header.Select(heading => heading.Text));
        Assert.Equal("Identity Mobile Email", string.Join(" ", sheet.Header.Select(heading => heading.Column)));

        List<SheetRow> rows = sheet.Rows().ToList();
        Assert.Equal(new[] { 2, 4 }, rows.Select(row => row.Number));
        Assert.Equal(Anna, rows[0].Cells[SheetColumn.Identity]);
        Assert.Equal(Phone, rows[0].Cells[SheetColumn.Mobile]);
        Assert.Equal("anna@fabrikam.com", rows[0].Cells[SheetColumn.Email]);
        Assert.Equal(string.Empty, rows[1].Cells[SheetColumn.Mobile]);
        Assert.False(rows[0].Cells.ContainsKey(SheetColumn.Office));
    }

    public static TheoryData<string, byte[]> Encodings()
    {
        const string text = "UPN;Mobiel\r\nren\u00e9e@contoso.com;+1 4255550100\r\n";
        Encoding ansi = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        TheoryData<string, byte[]> data = new();
        void Add(string name, Encoding encoding, bool mark) =>
            data.Add(name, (mark ? encoding.GetPreamble() : Array.Empty<byte>()).Concat(encoding.GetBytes(text)).ToArray());
        Add("UTF-8", new UTF8Encoding(true), false);
        Add("UTF-8 with mark", new UTF8Encoding(true), true);
        Add("UTF-16 LE", new UnicodeEncoding(false, true), false);
        Add("UTF-16 LE with mark", new UnicodeEncoding(false, true), true);
        Add("UTF-16 BE", new UnicodeEncoding(true, true), false);
        Add("UTF-16 BE with mark", new UnicodeEncoding(true, true), true);
        Add("Windows-1252", ansi, false);
        return data;
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Finds_out_the_encoding(string encoding, byte[] content)
    {
        SheetRow row = Assert.Single(SheetFile.Read(content));
        Assert.True(row.Cells[SheetColumn.Identity] == "ren\u00e9e@contoso.com", encoding);
        Assert.Equal(Phone, row.Cells[SheetColumn.Mobile]);
        Assert.Equal(2, row.Number);
    }

    [Fact]
    public void An_accent_in_the_last_row_of_a_long_file_still_decides_the_encoding()
    {
        StringBuilder text = new("UPN,Mobile\n");
        for (int i = 0; i < 20_000; i++)
        {
            text.Append("user").Append(i).Append("@contoso.com,+1 4255550100\n");
        }

        text.Append("ren\u00e9e@contoso.com,+1 4255550100\n");
        byte[] ansi = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text.ToString());
        Assert.Equal("ren\u00e9e@contoso.com", SheetFile.Read(ansi).Last().Cells[SheetColumn.Identity]);
        Assert.Equal("ren\u00e9e@contoso.com", SheetFile.Read(text.ToString()).Last().Cells[SheetColumn.Identity]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_letter_of_several_bytes_on_the_border_of_two_blocks_is_still_utf8(int before)
    {
        string text = "UPN\n" + new string('a', 30_000) + "\n";
        text += new string('b', 30_000) + "\n" + new string('c', 65_536 - text.Length - 30_001 - before) + "\u20ac\n";
        Assert.EndsWith("c\u20ac", SheetFile.Read(text).Last().Cells[SheetColumn.Identity]);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void Finds_out_the_delimiter(string d)
    {
        SheetRow row = Assert.Single(SheetFile.Read($"UPN{d}Mobile{d}Email\n{Anna}{d}{Phone}{d}\"x,y;z\"\n"));
        Assert.Equal(Phone, row.Cells[SheetColumn.Mobile]);
        Assert.Equal("x,y;z", row.Cells[SheetColumn.Email]);
    }

    [Fact]
    public void Delimiters_inside_quotes_of_the_header_do_not_count()
    {
        PasswordOpsException failure = SheetFile.Failure("UPN;\"a,b,c,d\"\nx;y\n");
        Assert.Equal("SheetColumnUnknown", failure.Id);
        Assert.Contains("'a,b,c,d' (column 2", failure.Message);
    }

    [Theory]
    [InlineData("sep=;\r\nUPN;Mobile\r\nanna@contoso.com;+1 4255550100\r\n", 3)]
    [InlineData("\r\n\r\nUPN,Mobile\r\nanna@contoso.com,+1 4255550100", 4)]
    [InlineData("UPN,Mobile\ranna@contoso.com,+1 4255550100\r", 2)]
    [InlineData("UPN,Mobile\n  \n,\nanna@contoso.com,+1 4255550100\n", 4)]
    [InlineData("UPN,Mobile,,\nanna@contoso.com,+1 4255550100,,\n", 2)]
    [InlineData("UPN,Mobile\nanna@contoso.com,+1 4255550100,,,\n", 2)]
    [InlineData(" \"UPN\" , Mobile \n anna@contoso.com , \" +1 4255550100\u00a0\"\n", 2)]
    [InlineData("Mobile\tUPN\n+1 4255550100\tanna@contoso.com\n", 2)]
    public void Accepts_the_habits_of_spreadsheets(string text, int line)
    {
        SheetRow row = Assert.Single(SheetFile.Read(text));
        Assert.Equal(line, row.Number);
        Assert.Equal(Anna, row.Cells[SheetColumn.Identity]);
        Assert.Equal(Phone, row.Cells[SheetColumn.Mobile]);
    }

    [Fact]
    public void Rows_after_a_cell_with_line_breaks_keep_their_physical_line()
    {
        List<SheetRow> rows = SheetFile.Read("UPN,Office\r\n\"anna@contoso.com\",\"one\r\ntwo\nthree\"\r\nbert@contoso.com,\r\n");
        Assert.Equal(new[] { 2, 5 }, rows.Select(row => row.Number));
        Assert.Equal("one\r\ntwo\nthree", rows[0].Cells[SheetColumn.Office]);
    }

    [Theory]
    [InlineData("'+1 4255550100")]
    [InlineData("0612345678")]
    [InlineData("3.16E+10")]
    [InlineData("=1+1")]
    [InlineData("+1 425-CALL")]
    public void Leaves_values_for_the_phone_rules(string cell) =>
        Assert.Equal(cell, Assert.Single(SheetFile.Read($"UPN,Mobile\n{Anna},{cell}\n")).Cells[SheetColumn.Mobile]);

    [Theory]
    [InlineData("\"say \"\"yes\"\"\"", "say \"yes\"")]
    [InlineData("\"\"\"\"", "\"")]
    [InlineData("\"\"", "")]
    public void Undoes_doubled_quotation_marks(string cell, string expected) =>
        Assert.Equal(expected, Assert.Single(SheetFile.Read($"UPN,Mobile\n{Anna},{cell}\n")).Cells[SheetColumn.Mobile]);

    [Theory]
    [InlineData("")]
    [InlineData("\r\n \r\n\t\r\n")]
    [InlineData(",,\n,,\n")]
    [InlineData("\"\"\n")]
    [InlineData("sep=;\n")]
    public void An_empty_file_is_named_so(string text) => Assert.Equal("SheetEmpty", SheetFile.Failure(text).Id);

    [Fact]
    public void A_file_that_holds_only_a_byte_order_mark_is_empty() =>
        Assert.Equal("SheetEmpty", SheetFile.Failure(new byte[] { 0xEF, 0xBB, 0xBF }).Id);

    [Fact]
    public void A_header_without_rows_gives_no_rows() => Assert.Empty(SheetFile.Read("UPN,Mobile\n"));

    [Theory]
    [InlineData("anna@contoso.com,+1 4255550100\n")]
    [InlineData("+1 4255550100,UPN\n")]
    [InlineData("6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11;Mobile\n")]
    [InlineData("Anna Bakker,Amsterdam\n")]
    [InlineData("Mobile,Email\nx,y\n")]
    [InlineData("\"UPN,Mobile\nanna@contoso.com,x\n")]
    [InlineData("\"UPN\"x,Mobile\n")]
    public void A_missing_header_is_named_and_nothing_of_the_line_is_shown(string text)
    {
        PasswordOpsException failure = SheetFile.Failure(text);
        Assert.Equal("SheetHeaderMissing", failure.Id);
        Assert.DoesNotContain("425", failure.Message + failure.Advice);
        Assert.DoesNotContain("Bakker", failure.Message + failure.Advice);
        Assert.DoesNotContain("anna", failure.Message + failure.Advice);
    }

    [Fact]
    public void A_first_line_that_does_not_end_is_no_header() =>
        Assert.Equal("SheetHeaderMissing", SheetFile.Failure(new string('x', 70_000)).Id);

    [Fact]
    public void Unknown_columns_are_named_with_place_and_nearest_name()
    {
        PasswordOpsException failure = SheetFile.Failure("UPN,Moblie,Department,,Email\nx,y,z,,\n");
        Assert.Equal("SheetColumnUnknown", failure.Id);
        Assert.Contains("'Moblie' (column 2; did you mean 'Mobile'?)", failure.Message);
        Assert.Contains("'Department' (column 3)", failure.Message);
        Assert.Contains("column 4 (no name)", failure.Message);
        foreach (string name in new[] { "UserPrincipalName", "Mobile", "AlternateMobile", "Office", "Email" })
        {
            Assert.Contains(name, failure.Advice);
        }
    }

    [Fact]
    public void A_doubled_column_names_both_headings()
    {
        PasswordOpsException failure = SheetFile.Failure("UPN,Mobile,Mobiele telefoon\nx,y,z\n");
        Assert.Equal("SheetColumnDoubled", failure.Id);
        Assert.Contains("column 2 ('Mobile')", failure.Message);
        Assert.Contains("column 3 ('Mobiele telefoon')", failure.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 0x03, 0x04, 0x14, 0x00 }, "Excel")]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1 }, "Excel")]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D }, "PDF")]
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08, 0x00 }, "compressed")]
    [InlineData(new byte[] { 0x55, 0x50, 0x4E, 0x0A, 0x61, 0x00, 0x62 }, "NUL bytes, the first at offset 5")]
    public void A_binary_file_is_named_so(byte[] content, string sign)
    {
        PasswordOpsException failure = SheetFile.Failure(content);
        Assert.Equal("SheetBinary", failure.Id);
        Assert.Contains(sign, failure.Message);
    }

    [Theory]
    [InlineData("x@contoso.com", "Mobile")]
    [InlineData("x@contoso.com,0612345678,y,z", "Email")]
    [InlineData("x@contoso.com,0612345678", "Email")]
    [InlineData("x@contoso.com,\"0612345678\"9,", "Mobile")]
    [InlineData("x@contoso.com,\"06123\"45678\",", "Mobile")]
    [InlineData("x@contoso.com,=\"0612345678\",\"y\" z", "Email")]
    [InlineData("x@contoso.com,0612345678,\u0007", "Email")]
    [InlineData("x@contoso.com,0612345678,\"y", "Email")]
    [InlineData("x@contoso.com,0612345678,\"", "Email")]
    public void A_broken_row_is_named_with_number_and_column_but_not_its_values(string row, string column)
    {
        PasswordOpsException failure = SheetFile.Failure($"UPN,Mobile,Email\n{Anna},{Phone},\n\n{row}\n{Anna},{Phone},\n");
        Assert.Equal("SheetRowBroken", failure.Id);
        Assert.StartsWith($"hr.csv, row 4, column '{column}': ", failure.Message);
        Assert.DoesNotContain("061", failure.Message);
        Assert.DoesNotContain("45678", failure.Message);
        Assert.DoesNotContain("contoso", failure.Message);
    }

    [Fact]
    public void Rows_before_and_behind_a_broken_one_come_through()
    {
        List<SheetRow> rows = SheetFile.Read(
            "UPN,Mobile\na@contoso.com,\nb@contoso.com\nc@contoso.com,\u0007\nd@contoso.com,\"x\"y\ne@contoso.com," + Phone + "\n");

        Assert.Equal("2 3! 4! 5! 6", string.Join(" ", rows.Select(row => row.Number + (row.Error is null ? string.Empty : "!"))));
        Assert.All(rows.Where(row => row.Error is not null), row => Assert.Empty(row.Cells));
        Assert.Equal(Phone, rows[4].Cells[SheetColumn.Mobile]);
    }

    [Fact]
    public void A_broken_row_tells_which_lines_it_took_along()
    {
        List<SheetRow> rows = SheetFile.Read(
            $"UPN,Mobile\na@contoso.com,\"{Phone}\nb@contoso.com,\"{Phone}\"\nc@contoso.com,{Phone}\n");

        Assert.Equal(new[] { 2, 4 }, rows.Select(row => row.Number));
        Assert.EndsWith("quotation marks do not match; what is read as one row ends on line 3.", rows[0].Error!.Message);
        Assert.Equal("c@contoso.com", rows[1].Cells[SheetColumn.Identity]);
    }

    [Fact]
    public void A_mark_that_is_not_closed_ends_the_reading_and_says_so()
    {
        SheetRow row = Assert.Single(SheetFile.Read($"UPN,Mobile\na@contoso.com,\"{Phone}\nb@contoso.com,\nc@contoso.com,\n"));

        Assert.StartsWith("hr.csv, row 2, column 'Mobile': quotation marks do not match", row.Error!.Message);
        Assert.Contains("ends on line 4", row.Error.Message);
    }

    [Fact]
    public void A_cell_can_be_as_long_as_in_Excel_and_no_longer()
    {
        string longest = new('"', 32_767);
        string written = longest.Replace("\"", "\"\"");
        Assert.Equal(longest, Assert.Single(SheetFile.Read($"UPN,Office\nx,\"{written}\"\n")).Cells[SheetColumn.Office]);
        PasswordOpsException failure = SheetFile.Failure($"UPN,Office\nx,{new string('1', 32_768)}\n");
        Assert.Equal("SheetRowBroken", failure.Id);
        Assert.StartsWith("hr.csv, row 2, column 'Office'", failure.Message);
    }

    [Fact]
    public void A_quotation_mark_that_swallows_megabytes_is_found_without_reading_on()
    {
        StringBuilder text = new("UPN,Mobile\nx@contoso.com,\"+1 4255550100\n");
        for (int i = 0; i < 700_000; i++)
        {
            text.Append("y@contoso.com,+1 4255550100\n");
        }

        SheetRow row = Assert.Single(SheetFile.Read(text.ToString()));
        Assert.Equal("SheetRowBroken", row.Error!.Id);
        Assert.StartsWith("hr.csv, row 2, column 'Mobile': the row does not end within 16 MB", row.Error.Message);
    }

    [Fact]
    public void A_cell_of_ten_megabytes_is_named_and_the_next_row_read()
    {
        List<SheetRow> rows = SheetFile.Read(
            $"UPN,Mobile,Office\n{Anna},{Phone},\nbert@contoso.com,{new string('1', 10 << 20)},\n"
            + $"{Anna},\"{new string('\n', 10 << 20)}\",\n{Anna},,{Phone}\n");

        Assert.Equal("SheetRowBroken,SheetRowBroken", string.Join(",", rows.Select(row => row.Error?.Id).Where(id => id is not null)));
        Assert.StartsWith("hr.csv, row 3, column 'Mobile': the cell is longer", rows[1].Error!.Message);
        Assert.StartsWith("hr.csv, row 4, column 'Mobile': the cell is longer", rows[2].Error!.Message);
        Assert.Equal(5 + (10 << 20), rows[3].Number);
        Assert.Equal(Phone, rows[3].Cells[SheetColumn.Office]);
    }

    [Fact]
    public void A_sheet_that_is_not_there_or_not_a_file_is_named_so()
    {
        Assert.Equal("SheetNotFound", FailureOf("/no/such/sheet.csv"));
        Assert.Equal("SheetNotFound", FailureOf(string.Empty));
        Assert.Equal("SheetUnreadable", FailureOf(Path.GetTempPath()));

        static string FailureOf(string path) =>
            Assert.Throws<PasswordOpsException>(() => new CsvSheetReader().Open(path, SheetOptions.Default)).Id;
    }

    [Fact]
    public void The_file_is_free_after_disposal_and_after_a_failure()
    {
        using SheetFile file = new("UPN,Mobile\nx,y\n");
        file.Rows();
        File.WriteAllText(file.FilePath, "nothing known\n");
        Assert.Throws<PasswordOpsException>(() => file.Rows());
        using FileStream alone = new(file.FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(alone.CanWrite);
    }

    [Fact]
    public void The_sample_of_the_documentation_is_read()
    {
        using ISheet sheet = new CsvSheetReader().Open(Sample("contacts.csv"), SheetOptions.Default);
        List<SheetRow> rows = sheet.Rows().ToList();
        Assert.Equal(12, rows.Count);
        Assert.All(rows, row => Assert.StartsWith("+1 42555501", row.Cells[SheetColumn.Mobile]));
    }

    [Theory]
    [InlineData("=\"+1 4255550100\"")]
    [InlineData("\"=\"\"+1 4255550100\"\"\"")]
    [InlineData("\u202A+1 4255550100\u202C")]
    [InlineData("\uFEFF+1 4255550100\u200B")]
    [InlineData("\u00A0+1 4255550100\u2007")]
    public void What_spreadsheets_and_address_books_wrap_around_a_value_is_taken_off(string cell) =>
        Assert.Equal(Phone, Assert.Single(SheetFile.Read($"UPN,Mobile\n{Anna},{cell}\n")).Cells[SheetColumn.Mobile]);

    [Theory]
    [InlineData("sep=;\r\nBenutzerprinzipalname;Handy;E-Mail-Adresse\r\nanna@contoso.com;+1 4255550100;\r\n")]
    [InlineData("\"sep=;\"\r\nGebruikersnaam;Mobiel nummer\r\nanna@contoso.com;+1 4255550100\r\n")]
    [InlineData("SEP=\t\nUPN\tMobiltelefon\nanna@contoso.com\t=\"+1 4255550100\"\t\t\n")]
    [InlineData("sep=|\nUPN|Mobile\nanna@contoso.com|+1 4255550100\n")]
    public void Dutch_and_German_Excel_are_understood(string text)
    {
        SheetRow row = Assert.Single(SheetFile.Read(text));
        Assert.Equal(Anna, row.Cells[SheetColumn.Identity]);
        Assert.Equal(Phone, row.Cells[SheetColumn.Mobile]);
    }

    [Fact]
    public void Columns_are_taken_as_the_caller_says()
    {
        SheetOptions options = new()
        {
            Columns = new Dictionary<string, SheetColumn?>
            {
                ["personeelsnr"] = SheetColumn.Identity, ["Mobile"] = null, ["GSM "] = SheetColumn.Mobile,
            },
        };
        using SheetFile file = new($"Personeelsnr,Mobile,gsm\n{Anna},private,{Phone}\n{Anna},\u0007,\n");
        using ISheet sheet = new CsvSheetReader().Open(file.FilePath, options);

        Assert.Equal(
            "Personeelsnr -> Identity, Mobile -> left out, gsm -> Mobile",
            string.Join(", ", sheet.Header.Select(heading => heading.ToString())));
        SheetRow[] rows = sheet.Rows().ToArray();
        Assert.Equal("Identity Mobile", string.Join(" ", rows[0].Cells.Keys));
        Assert.Equal(Phone, rows[0].Cells[SheetColumn.Mobile]);
        Assert.Null(rows[1].Error);
    }

    [Fact]
    public void A_map_of_a_column_that_is_not_there_is_a_mistake()
    {
        PasswordOpsException failure = SheetFile.Failure(
            $"UPN,Mobile\n{Anna},{Phone}\n",
            new SheetOptions { IgnoresOthers = true, Columns = new Dictionary<string, SheetColumn?> { ["Mobil"] = SheetColumn.Mobile } });

        Assert.Equal("SheetColumnUnknown", failure.Id);
        Assert.Contains("'Mobil'", failure.Message);
        Assert.Contains("-ColumnMap", failure.Message);
    }

    [Fact]
    public void Two_columns_for_one_field_are_a_mistake_also_by_map()
    {
        PasswordOpsException failure = SheetFile.Failure(
            $"UPN,Mobile,GSM\n{Anna},{Phone},\n",
            new SheetOptions { Columns = new Dictionary<string, SheetColumn?> { ["GSM"] = SheetColumn.Mobile } });

        Assert.Equal("SheetColumnDoubled", failure.Id);
        Assert.Contains("-ColumnMap", failure.Advice);
    }

    [Fact]
    public void Other_columns_of_an_export_can_be_left_out()
    {
        SheetRow[] rows = SheetFile.Read(
            $"Nr,UPN,Afdeling 2026-08,Mobile,,Kosten 123456\n1,{Anna},\"a\nb\",{Phone},x,1\n2,{Anna},,,,\n3,{Anna},,\n4,{Anna},\n",
            new SheetOptions { IgnoresOthers = true }).ToArray();

        Assert.Equal(Phone, rows[0].Cells[SheetColumn.Mobile]);
        Assert.Equal(2, rows[0].Cells.Count);
        Assert.Equal(string.Empty, rows[1].Cells[SheetColumn.Mobile]);
        Assert.Null(rows[2].Error);
        Assert.Contains("column 'Mobile': the cell is missing", rows[3].Error!.Message);
    }

    [Fact]
    public void An_unknown_column_says_what_can_be_done_about_it()
    {
        string advice = SheetFile.Failure("UPN,Afdeling\nx,y\n").Advice;
        Assert.Contains("-ColumnMap", advice);
        Assert.Contains("-IgnoreOtherColumns", advice);
    }

    [Fact]
    public void Ten_thousand_columns_are_read_or_refused_at_once()
    {
        string header = "UPN,Mobile,"
            + string.Join(",", Enumerable.Range(0, 10_000).Select(i => FormattableString.Invariant($"Column{i:x}")));
        string text = header + "\n" + string.Concat(Enumerable.Repeat(Anna + "," + Phone + new string(',', 10_000) + "\n", 50));

        Assert.Contains("and 9995 more", SheetFile.Failure(text).Message);
        List<SheetRow> rows = SheetFile.Read(text, new SheetOptions { IgnoresOthers = true });
        Assert.Equal(50, rows.Count);
        Assert.All(rows, row => Assert.Equal(Phone, row.Cells[SheetColumn.Mobile]));
    }

    [Fact]
    public void Files_that_were_joined_are_noticed()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes("UPN,Mobile\nren\u00e9e@contoso.com,\n");
        byte[] ansi = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("ren\u00e9@contoso.com,\n");

        List<SheetRow> rows = SheetFile.Read(utf8.Concat(ansi).Concat(Encoding.UTF8.GetPreamble()).Concat(utf8).ToArray());

        Assert.Contains("row 2, column 'UPN': the cell is written in UTF-8", rows[0].Error!.Message);
        Assert.Equal("ren\u00e9@contoso.com", rows[1].Cells[SheetColumn.Identity]);
        Assert.Equal(4, rows.Count);
    }

    [Fact]
    public void A_byte_order_mark_inside_a_cell_and_bytes_that_are_no_letters_are_named()
    {
        byte[] content = Encoding.UTF8.GetPreamble()
            .Concat(Encoding.UTF8.GetBytes("UPN,Mobile\nan\uFEFFna@contoso.com,\n\uFEFFbert@contoso.com,\n"))
            .Concat(new byte[] { (byte)'x', 0xFF, (byte)',', (byte)'\n' }).ToArray();

        List<SheetRow> rows = SheetFile.Read(content);

        Assert.Contains("row 2, column 'UPN': a byte order mark", rows[0].Error!.Message);
        Assert.Equal("bert@contoso.com", rows[1].Cells[SheetColumn.Identity]);
        Assert.Contains("row 4, column 'UPN': the cell holds bytes that are no letters in utf-8", rows[2].Error!.Message);
    }

    [Fact]
    public void A_NUL_in_a_text_is_named_with_its_cell()
    {
        StringBuilder text = new("UPN,Mobile\n");
        for (int i = 0; i < 20; i++)
        {
            text.Append(Anna).Append(',').Append(i == 7 ? "+1 425\05550100" : Phone).Append('\n');
        }

        SheetRow broken = Assert.Single(SheetFile.Read(text.ToString()), row => row.Error is not null);
        Assert.StartsWith("hr.csv, row 9, column 'Mobile': the cell holds NUL", broken.Error!.Message);
    }

    [Fact]
    public void Rows_are_read_once()
    {
        using SheetFile file = new("UPN\nx\n");
        using ISheet sheet = new CsvSheetReader().Open(file.FilePath, SheetOptions.Default);
        Assert.Single(sheet.Rows());
        Assert.Throws<InvalidOperationException>(() => sheet.Rows());
    }

    private static string Sample(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PasswordOps.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "docs", "samples", name);
    }
}
