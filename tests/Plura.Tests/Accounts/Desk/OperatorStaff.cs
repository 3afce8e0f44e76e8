using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Tests;

/// <summary>Somebody whom the installation's settings name, at the operator's desk.</summary>
internal sealed class OperatorStaff
{
    private OperatorStaff(TestAccount own, Browser browser) => (Own, Browser) = (own, browser);

    /// <summary>The account that this person has besides.</summary>
    public TestAccount Own { get; }

    public Browser Browser { get; }

    /// <summary>One more person at the desk; on a private host, because the setting holds for all of it.</summary>
    public static async Task<OperatorStaff> At(PluraApp own)
    {
        var account = await own.NewAccount("The Operator’s Own");
        var settings = own.Services.GetRequiredService<IConfiguration>();
        settings["Plura:Operators"] = $"{settings["Plura:Operators"]},{account.Owner()}";
        return new OperatorStaff(account, await account.SignIn());
    }

    public Task<WebPage> Get(string page) => Browser.Get("/operator" + (page.Length > 0 ? "/" + page : ""));

    /// <summary>Stops an account by its page.</summary>
    public async Task<WebPage> Stop(TestAccount account, string reason) =>
        await (await Get($"accounts/{account.Id}")).Submit("textarea[name='Command.Reason']", new { Reason = reason });

    /// <summary>Decides about an account's stop by the page of the review.</summary>
    public async Task<WebPage> Decide(Guid stop, string what, string sentence) =>
        await (await Get($"review/{stop}")).Submit("textarea[name='Command.Sentence']", new { Do = what, Sentence = sentence });
}
