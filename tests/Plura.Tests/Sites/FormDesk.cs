using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Sites;
using Plura.Sites.Data;

namespace Plura.Tests.Sites;

/// <summary>Makes a form, and fills it in as a visitor with or without JavaScript.</summary>
internal static class FormDesk
{
    public const string Words = "Yes, you may send me news by e-mail.";

    public static Task<Form> Form(this TestAccount account, bool doubleOptIn, Action<BuildForm>? differently = null) => account.In(async services =>
    {
        var words = FormWords.First("Corner Bakery");
        (words.EmailWording, words.DoubleOptIn, words.Tags) = (Words, doubleOptIn, ["website"]);
        differently?.Invoke(words);
        var built = await services.GetRequiredService<BuildFormHandler>().Handle(words, CancellationToken.None);
        return (await services.GetRequiredService<PluraDb>().FindForm(built.Value, CancellationToken.None)).Value;
    });

    /// <summary>Opens the form, waits as a person does, and sends it.</summary>
    public static async Task<WebPage> FillIn(this PluraApp app, Form form, string email, bool tick, bool script = true, bool hurried = false)
    {
        var page = await app.NewBrowser().Get($"/f/{form.Key}");
        if (!hurried)
            app.Clock.Advance(TimeSpan.FromSeconds(5));
        return await page.Answer(email, tick, script);
    }

    public static Task<WebPage> Answer(this WebPage page, string email, bool tick, bool script) =>
        page.Answer(new Dictionary<string, object?>(StringComparer.Ordinal) { ["first_name"] = "Nora", ["email"] = email, ["consent_0"] = tick ? true : null }, script);

    public static Task<WebPage> Answer(this WebPage page, Dictionary<string, object?> answers, bool script = true)
    {
        answers["work"] = script ? Solve(page.Find("[name=visit]").GetAttribute("value")!) : "";
        return page.Submit("form[data-hosted]", answers);
    }

    /// <summary>Opens the form, waits as a person does, and sends these answers.</summary>
    public static async Task<WebPage> FillIn(this PluraApp app, Form form, Dictionary<string, object?> answers)
    {
        var page = await app.NewBrowser().Get($"/f/{form.Key}");
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        return await page.Answer(answers);
    }

    private static string Solve(string note)
    {
        for (var n = 0; ; n++)
        {
            var found = n.ToString(CultureInfo.InvariantCulture);
            var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{note}:{found}"));
            if (BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(hash)) >= FormVisit.Bits)
                return found;
        }
    }
}
