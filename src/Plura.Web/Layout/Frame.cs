using Plura.Accounts;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Web.Layout;

/// <summary>What the frame around every page needs.</summary>
public static class Frame
{
    public static void AddFrame(this WebApplicationBuilder builder)
    {
        // The assets of a build that was not published are found by its manifest, in every environment.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddDataProtection();
        builder.Services.AddScoped<Flash>();
        builder.Services.AddScoped<Place>().AddScoped<Brand>();
        builder.Services.AddLivePart<NoticeBell>("notices", "account.use", _ => new Dictionary<string, object?>(), _ => "notices");
    }

    /// <summary>Stands after the account was resolved and before any page.</summary>
    public static IApplicationBuilder UseFrame(this IApplicationBuilder app) => app.Use(Place.Read);
}
