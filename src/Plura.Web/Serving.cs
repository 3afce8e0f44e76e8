using Plura.Accounts;
using Plura.Platform;
using Plura.Privacy;
using Plura.Web.Demo;
using Plura.Web.Api;
using Plura.Web.Layout;

namespace Plura.Web;

/// <summary>The web application: what is registered, and the order in which a request passes.</summary>
public static class Serving
{
    private const string UsualAddress = "http://localhost:5080";

    public static async Task<int> Serve(string[] args)
    {
        var app = Build(args);
        await app.RunAsync();
        return 0;
    }

    /// <param name="args">Settings as <c>--Name=value</c>; they win over the environment.</param>
    /// <param name="tune">Replaces single services before the application is built (a test's clock).</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? tune = null)
    {
        var builder = Hosting.Builder(args, asHost: true);
        tune?.Invoke(builder);
        if (builder.Configuration["ASPNETCORE_URLS"] is null && builder.Configuration["urls"] is null)
            builder.WebHost.UseUrls(UsualAddress);
        FreePorts.Check(builder.Configuration["urls"] ?? builder.Configuration["ASPNETCORE_URLS"] ?? UsualAddress);
        var roles = (builder.Configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries);
        builder.Services.AddPlatformWork(worker: roles.Contains("worker", StringComparer.Ordinal));
        Register(builder);
        if (builder.Configuration.GetValue("Plura:Demo", builder.Environment.IsDevelopment()) && roles.Contains("worker", StringComparer.Ordinal))
            builder.Services.AddHostedService<SeedDemoService>();

        var app = builder.Build();
        app.Services.Prepare(CancellationToken.None).GetAwaiter().GetResult();
        app.UseSecurityHeaders();
        app.UseErrorPages();
        // Inside the error pages: what the API throws is answered as problem details and never becomes a page.
        app.UseApiErrors();
        app.UseRouting();
        app.UseHttpsOnly();
        app.UseHeads();
        // Only the web chat is called from other websites, and says itself from which.
        app.UseCors();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAudit();
        app.UseDoors();
        app.UseIdempotency();
        app.UseAntiforgery();
        app.UseFormErrors();
        app.UseFrame();
        Endpoints(app);
        return app;
    }

    /// <summary>What only the web application needs.</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        builder.AddFrame();
        builder.Services.AddRazorComponents();
        builder.Services.AddCascadingAuthenticationState();
        // Who may frame a page, the security headers say: more strictly than the forms would.
        builder.Services.AddAntiforgery(forms => forms.SuppressXFrameOptionsHeader = true);
        builder.Services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<CookieRules>((forms, rules) => rules.Apply(forms.Cookie, "forms"));
        builder.Services.AddSlowDown();
        builder.Services.AddProblemDetails();
        builder.Services.AddHealth();
        builder.Services.AddApiDocument();
    }

    /// <summary>Every address of the application.</summary>
    public static void Endpoints(WebApplication app)
    {
        app.MapStaticAssets();
        app.MapHealth();
        var routes = app.MapGroup("");
        routes.MapGet("/favicon.ico", () => Results.Redirect("/mark.svg", permanent: true)).WithName("Favicon").Public("Browsers ask for it beside answers that name no icon.");
        routes.MapWebManifest();
        routes.AnswerHead();
        foreach (var module in Modules.All)
            module.Map(routes);
        routes.MapApiDocument();
        app.MapRazorComponents<App>().AddAdditionalAssemblies([.. Modules.Assemblies]).AnswerHead();
        // Not for HEAD: a stream has no end that its headers could tell of.
        LiveStream.Map(app);
    }
}
