using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Tests;
using Plura.Web;

namespace Plura.Browser;

/// <summary>The real application with its workers, a clean data folder and the machine's clock, and the system's Chromium before it.</summary>
public sealed class LiveApp : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private readonly string folder = Directory.CreateTempSubdirectory("plura-browser-").FullName;
    private WebApplication? web;
    private IPlaywright? playwright;
    private IBrowser? chromium;
    private OpenIdProvider? google;
    private bool demo;

    /// <summary>The password of everybody who joins.</summary>
    public const string Password = "four words in a row";

    public Uri Address { get; private set; } = null!;

    /// <summary>Stands for Google, which this installation offers as a way in.</summary>
    public OpenIdProvider Google => google!;

    public IServiceProvider Services => web!.Services;

    public async ValueTask InitializeAsync()
    {
        Address = new Uri($"http://localhost:{FreePort()}");   // Letters carry the public address: it must be known before the start.
        google = await OpenIdProvider.Start();
        web = Serving.Build(
            // One address stands for many people here: a quick machine signs in more of them in a minute than one network may. BruteForceTests has the limit.
            [.. google.Offered, "--environment=Development", "--Accounts:SignIn:TriesPerMinute=100000", $"--urls={Address}", $"--Plura:PublicUrl={Address}", $"--PLURA_DATA={folder}", "--Plura:Operators=owner@demo.example"],
            builder => builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error));
        await web.StartAsync();

        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PLURA_CHROMIUM") ?? Places.First(File.Exists),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        if (web is not null)
        {
            await web.StopAsync();
            await web.DisposeAsync();
        }

        if (google is not null)
            await google.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A person with an empty browser.</summary>
    public async Task<Visitor> NewVisitor(int width = 1366, bool dark = false)
    {
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            IsMobile = width < 500,
            HasTouch = width < 500,
        });
        context.SetDefaultTimeout(60_000);   // The demo is made beside the first test: what is slow then is not broken.
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Somebody with a business of their own and a confirmed address, which it answers.</summary>
    public async Task<string> Join(string who)
    {
        var email = $"{who}-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString()[^8..]}@doors.example";
        await using var scope = Services.CreateAsyncScope();
        var joined = await scope.ServiceProvider.GetRequiredService<SignUpHandler>().Handle(
            new SignUp { Name = "Dora Door", Email = email, Password = Password, Business = "Door " + who, Country = "US", TimeZone = "America/New_York", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true }, ip: null, CancellationToken.None);
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        (await db.Users.FindAsync(joined.Value))!.EmailConfirmed = true;
        await db.SaveChangesAsync();
        return email;
    }

    /// <summary>Makes the demo account once, by the command that people use.</summary>
    public async Task Demo()
    {
        if (demo)
            return;
        var seed = Services.GetServices<ICommand>().Single(c => c.Name == "seed demo");
        await using var scope = Services.CreateAsyncScope();
        await seed.Run(new CommandOptions(new Dictionary<string, string>(StringComparer.Ordinal)), scope.ServiceProvider, CancellationToken.None);
        demo = true;
    }
}
