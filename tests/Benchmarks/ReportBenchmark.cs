using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace PasswordOps.Benchmarks;

/// <summary>
/// The report on a tenant of 100,000 users: the size of its page, and how long a browser takes to open it and to sort its longest table,
/// by the browser's own clock.
/// </summary>
internal static class ReportBenchmark
{
    private static readonly string? Browser = new[] { "/usr/bin/chromium", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    internal static bool Run(int rounds)
    {
        if (Browser is null)
        {
            Console.WriteLine("report     skipped: Chromium is not installed (apt-get install chromium)");
            return true;
        }

        using PracticeServer practice = new(users: 100_000, latency: 20);
        string page = Path.Combine(practice.Folder, "report.html");
        Subjects.Pwsh(practice.Connect + $"Export-PasswordReport '{page}' -WarningAction Ignore");
        double size = new FileInfo(page).Length / 1e6;
        (double open, double sort) = BrowseAsync(page, rounds).GetAwaiter().GetResult();
        return Figure.PrintRatio("report", "MB, the page of 100,000 users", size, "the sheet has all", null, 5)
            & Figure.PrintRatio("report", "s to open it", open, "by the browser's clock", null, 2)
            & Figure.PrintRatio("report", "s to sort its longest table", sort, "by the browser's clock", null, 2);
    }

    private static async Task<(double Open, double Sort)> BrowseAsync(string file, int rounds)
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Browser, Args = new[] { "--no-sandbox", "--disable-dev-shm-usage" },
        });
        double[] opened = new double[rounds];
        double[] sorted = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            IPage page = await browser.NewPageAsync();
            await page.GotoAsync("file://" + file);
            opened[round] = await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventEnd / 1000");

            // Until the frame after the next: what was sorted is on the screen then.
            sorted[round] = await page.EvaluateAsync<double>(
                """
                () => new Promise((done) => {
                  const start = performance.now();
                  document.querySelector('#people-table th:nth-child(2) button').click();
                  requestAnimationFrame(() => requestAnimationFrame(() => done((performance.now() - start) / 1000)));
                })
                """);
            await page.CloseAsync();
        }

        return (Figure.Median(opened), Figure.Median(sorted));
    }
}
