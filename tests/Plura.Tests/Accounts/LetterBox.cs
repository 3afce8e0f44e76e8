using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Messaging;

namespace Plura.Tests;

/// <summary>What somebody finds in their mail: letters of the installation to one address, and the links in them.</summary>
internal static class LetterBox
{
    /// <summary>Lets everything that is due go out, then answers the letters to the address, oldest first.</summary>
    public static async Task<IReadOnlyList<MimeMessage>> Letters(this PluraApp app, string address)
    {
        await app.Work(mayFail: true);
        await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        await using var open = await app.OpenOwner();
        var letters = new List<MimeMessage>();
        // By when they were asked for: what goes out together arrives in any order.
        foreach (var row in await open.Rows("select source from dev.message where recipient = $1 and channel = 'email' order by send_id", address))
        {
            using var stream = new MemoryStream((byte[])row[0]!);
            letters.Add(await MimeMessage.LoadAsync(stream));
        }

        return letters;
    }

    /// <summary>The newest letter to the address with this subject.</summary>
    public static async Task<MimeMessage> Letter(this PluraApp app, string address, string subject) =>
        (await app.Letters(address)).LastOrDefault(l => l.Subject == subject) ?? throw new InvalidOperationException($"No letter to {address} is called '{subject}'; there are: {string.Join(", ", (await app.Letters(address)).Select(l => l.Subject))}.");

    /// <summary>The path that the letter's link to this page leads to.</summary>
    public static string Link(this MimeMessage letter, string page)
    {
        var text = letter.TextBody!;
        var start = text.IndexOf(page + "?", StringComparison.Ordinal);
        return start < 0 ? throw new InvalidOperationException($"No link to {page} in: {text}") : text[start..].Split([' ', '\r', '\n', '>', ')'])[0];
    }

    /// <summary>The one who reads the mailbox asks for a link and chooses a password by it.</summary>
    public static async Task<WebPage> ChooseNewPassword(this PluraApp app, string address, string password)
    {
        await (await app.NewBrowser().Get("/forgot")).Submit(null, new { Email = address });
        var link = (await app.Letter(address, "Choose a new password")).Link("/reset");
        return await (await app.NewBrowser().Get(link)).Submit(null, new { Password = password });
    }

    public static string Owner(this TestAccount account) => $"owner@{account.Slug}.example";

    /// <summary>A browser in which the owner signs in by the page.</summary>
    public static async Task<(Browser Browser, WebPage Page)> EnterFromElsewhere(this PluraApp app, TestAccount account, string password = TestAccount.Password, bool stay = false, string? email = null)
    {
        var browser = app.NewBrowser();
        var page = await (await browser.Get("/sign-in")).Submit(null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Email"] = email ?? account.Owner(), ["Command.Password"] = password, ["Command.Stay"] = stay });
        return (browser, page);
    }
}
