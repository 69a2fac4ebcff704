#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using PasswordOps.Core.Report;
using PasswordOps.Files.Report;
using Xunit;

namespace PasswordOps.Files.Tests.Report;

/// <summary>The page of a report, opened from disk in a real browser.</summary>
public sealed class ReportBrowserTests : IAsyncLifetime, IDisposable
{
    private static readonly string? Browser = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
        .FirstOrDefault(File.Exists);

    private readonly string folder = Path.Combine(Path.GetTempPath(), "report-" + Guid.NewGuid().ToString("N"));
    private readonly List<string> complaints = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        if (Browser is not null)
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Browser, Args = new[] { "--no-sandbox", "--disable-dev-shm-usage" },
            });
        }
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public async Task It_opens_without_a_complaint_and_asks_nobody()
    {
        IPage page = await OpenAsync(SampleReport.Of(SampleReport.People(50).ToArray()));
        Assert.Equal("Contoso", await page.InnerTextAsync("h1"));
        Assert.Equal(3, await page.Locator("svg[role=img]").CountAsync());
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(360, 740)]
    [InlineData(1280, 800)]
    public async Task Nothing_hangs_over_the_edge_of_the_screen(int width, int height)
    {
        ReportPerson hostile = SampleReport.Person(1, new string('W', 10_000)) with { Department = new string('x', 500) };
        IPage page = await OpenAsync(
            SampleReport.Of(hostile, SampleReport.Person(2)) with { TenantName = new string('T', 300), Headline = new string('h', 250) },
            new ViewportSize { Width = width, Height = height });
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
    }

    [SkippableFact]
    public async Task A_table_sorts_by_click_and_by_key_both_ways()
    {
        IPage page = await OpenAsync(SampleReport.Of(SampleReport.People(30).ToArray()));
        ILocator users = page.Locator("#departments-table th").Nth(1);
        await users.Locator("button").ClickAsync();
        Assert.Equal("ascending", await users.GetAttributeAsync("aria-sort"));
        Assert.Equal(new[] { "80", "300", "900" }, await ColumnAsync(page, "departments-table", 1));
        await users.Locator("button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("descending", await users.GetAttributeAsync("aria-sort"));
        Assert.Equal(new[] { "900", "300", "80" }, await ColumnAsync(page, "departments-table", 1));
        await page.Locator("#departments-table th").Nth(0).Locator("button").ClickAsync();
        Assert.Equal(new[] { "Finance", "Legal", "Sales" }, await ColumnAsync(page, "departments-table", 0));
        Assert.Equal("none", await users.GetAttributeAsync("aria-sort"));
        Assert.Contains("ascending", await page.Locator("#status").TextContentAsync(), StringComparison.Ordinal);

        // The worst verdict is the first, whatever its word begins with.
        await page.Locator("#people-table th").Nth(3).Locator("button").ClickAsync();
        Assert.Contains("Fail", (await ColumnAsync(page, "people-table", 3))[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_table_shows_the_rows_that_hold_all_words()
    {
        IPage page = await OpenAsync(SampleReport.Of(SampleReport.People(40).ToArray()));
        await page.FillAsync("input[data-filters=people-table]", "LEGAL 000013");
        Assert.Equal(1, await page.Locator("#people-table tbody tr:visible").CountAsync());
        Assert.Equal("1 of 40 rows", await page.InnerTextAsync("#people-table-shown"));
        await page.FillAsync("input[data-filters=people-table]", string.Empty);
        Assert.Equal(40, await page.Locator("#people-table tbody tr:visible").CountAsync());
    }

    [SkippableTheory]
    [InlineData("<script>window.evil = 1</script>")]
    [InlineData("<img src=x onerror=\"window.evil = 1\">")]
    [InlineData("\u202Egpj.exe\u2066")]
    public async Task A_hostile_name_is_shown_as_it_is_and_does_nothing(string name)
    {
        IPage page = await OpenAsync(SampleReport.Of(SampleReport.Person(1, name), SampleReport.Person(2)));
        Assert.Null(await page.EvaluateAsync<int?>("window.evil ?? null"));
        Assert.Equal(name, await page.Locator("#people-table tbody tr").First.Locator("td bdi").First.TextContentAsync());
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Every_chart_has_a_name_and_every_field_a_label()
    {
        IPage page = await OpenAsync(SampleReport.Of(SampleReport.People(5).ToArray()));
        foreach (ILocator chart in await page.Locator("svg[role=img]").AllAsync())
        {
            string[] ids = (await chart.GetAttributeAsync("aria-labelledby"))!.Split(' ');
            foreach (string id in ids)
            {
                Assert.NotEmpty((await page.Locator("#" + id).TextContentAsync())!);
            }
        }

        Assert.Equal(3, await page.GetByLabel("Filter").CountAsync());
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        Assert.Equal(0, await page.Locator("table:not(:has(caption))").CountAsync());
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Words_stand_out_from_the_ground(ColorScheme scheme)
    {
        IPage page = await OpenAsync(SampleReport.Of(SampleReport.People(9).ToArray()), scheme: scheme);
        double least = await page.EvaluateAsync<double>(
            """
            () => {
              const light = (text) => {
                const parts = text.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255)
                  .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
              };
              const ground = (element) => {
                for (let at = element; at; at = at.parentElement) {
                  const colour = getComputedStyle(at).backgroundColor;
                  if (!/, 0\)$|transparent/.test(colour)) return colour;
                }
                return 'rgb(255, 255, 255)';
              };
              const shown = document.querySelectorAll('p, h1, h2, h3, td, th button, dt, dd, small, .verdict, a, caption, summary');
              return Math.min(...[...shown].map((element) => {
                const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
                return (a + 0.05) / (b + 0.05);
              }));
            }
            """);
        Assert.InRange(least, 4.5, 21);
    }

    [SkippableFact]
    public async Task On_paper_there_are_no_tools_and_no_colours_of_the_night()
    {
        IPage page = await OpenAsync(SampleReport.Of(SampleReport.People(9).ToArray()), scheme: ColorScheme.Dark);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        Assert.Equal(0, await page.Locator("input:visible").CountAsync());
        Assert.Equal("rgb(0, 0, 0)", await page.EvaluateAsync<string>("getComputedStyle(document.body).color"));
        Assert.NotEmpty(await page.PdfAsync());
    }

    [SkippableFact]
    public async Task A_page_of_a_hundred_thousand_people_sorts_and_filters_at_once()
    {
        IPage page = await OpenAsync(
            SampleReport.Of(SampleReport.People(PasswordReport.MostPeople).ToArray()) with { PeopleInNeed = 100_000 });
        await page.Locator("#people-table th").Nth(1).Locator("button").ClickAsync();
        await page.Locator("#people-table th").Nth(1).Locator("button").ClickAsync();
        Assert.Equal("person005000@contoso.com", (await ColumnAsync(page, "people-table", 1))[0]);
        await page.FillAsync("input[data-filters=people-table]", "person004999");
        Assert.Equal(1, await page.Locator("#people-table tbody tr:visible").CountAsync());
        Assert.Empty(complaints);
    }

    private static async Task<IReadOnlyList<string>> ColumnAsync(IPage page, string table, int column) =>
        await page.Locator($"#{table} tbody tr td:nth-child({column + 1})").AllInnerTextsAsync();

    private async Task<IPage> OpenAsync(PasswordReport report, ViewportSize? size = null, ColorScheme scheme = ColorScheme.Light)
    {
        Skip.If(browser is null, "Chromium is not installed; install it with: apt-get install chromium");
        string file = Path.Combine(folder, "report.html");
        using (IReportOutput output = new ReportWriter().Create(file, overwrite: true))
        {
            output.Complete(report);
        }

        IPage page = await browser!.NewPageAsync(new BrowserNewPageOptions { ViewportSize = size, ColorScheme = scheme });
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, message) => complaints.Add(message);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file://", StringComparison.Ordinal))
            {
                complaints.Add(request.Url);
            }
        };
        // The machine may be busy with other tests.
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync("file://" + file);
        if (Environment.GetEnvironmentVariable("PASSWORDOPS_SCREENSHOTS") is string shots)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(shots, $"{scheme}-{size?.Width ?? 1280}-{report.People.Count}.png"), FullPage = true,
            });
        }

        return page;
    }
}
#endif
