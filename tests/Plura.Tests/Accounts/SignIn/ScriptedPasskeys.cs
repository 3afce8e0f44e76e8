using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Accounts.Data;

namespace Plura.Tests;

/// <summary>
/// In place of the framework's arithmetic with passkeys, which the browser tests try with a real one: what a browser answers is the id of
/// the person whose passkey it has.
/// </summary>
internal sealed class ScriptedPasskeys(UserManager<User> users) : IPasskeyHandler<User>
{
    public static void Add(IServiceCollection services) => services.Replace(ServiceDescriptor.Scoped<IPasskeyHandler<User>, ScriptedPasskeys>());

    public Task<PasskeyCreationOptionsResult> MakeCreationOptionsAsync(PasskeyUserEntity userEntity, HttpContext httpContext) =>
        Task.FromResult(new PasskeyCreationOptionsResult { CreationOptionsJson = "{}", AttestationState = userEntity.Id });

    public Task<PasskeyRequestOptionsResult> MakeRequestOptionsAsync(User? user, HttpContext httpContext) =>
        Task.FromResult(new PasskeyRequestOptionsResult { RequestOptionsJson = "{}", AssertionState = "asked" });

    public Task<PasskeyAttestationResult> PerformAttestationAsync(PasskeyAttestationContext context)
    {
        var id = context.AttestationState!;
        var passkey = new UserPasskeyInfo(Encoding.UTF8.GetBytes(id), [1], DateTimeOffset.UnixEpoch, 0, ["internal"], isUserVerified: true, isBackupEligible: false, isBackedUp: false, [1], [1]);
        return Task.FromResult(PasskeyAttestationResult.Success(passkey, new PasskeyUserEntity { Id = id, Name = "somebody", DisplayName = "Somebody" }));
    }

    public async Task<PasskeyAssertionResult<User>> PerformAssertionAsync(PasskeyAssertionContext context)
    {
        if (await users.FindByIdAsync(context.CredentialJson) is not { } user || (await users.GetPasskeysAsync(user)).FirstOrDefault() is not { } passkey)
            return PasskeyAssertionResult.Fail<User>(new PasskeyException("Nobody has this passkey."));
        passkey.SignCount++;
        return PasskeyAssertionResult.Success(passkey, user);
    }
}

internal static class PasskeyHands
{
    /// <summary>Whoever is signed in has made a passkey; the answer presses the button that keeps it.</summary>
    public static async Task<Func<Task<WebPage>>> PasskeyMade(this Browser browser)
    {
        var page = await browser.Get("/me/security/passkeys");
        await browser.AskForPasskey(page, "/me/security/passkeys/options");
        return () => page.Submit("[name='Command.Credential']", new { Credential = "{}", Name = "My phone" });
    }

    public static async Task AddPasskey(this Browser browser) => await (await browser.PasskeyMade())();

    /// <summary>The page has asked and the browser shows this person's passkey; the answer sends it.</summary>
    public static async Task<Func<Task<WebPage>>> Answer(this Browser browser, string path, Guid person)
    {
        var page = await browser.Get(path);
        await browser.AskForPasskey(page, "/sign-in/passkey/options");
        return () => page.Submit("[name='Key.Credential']", new { Credential = person.ToString() });
    }

    private static async Task AskForPasskey(this Browser browser, WebPage page, string options)
    {
        using var token = new FormUrlEncodedContent([new("__RequestVerificationToken", page.Find("[name=__RequestVerificationToken]").GetAttribute("value")!)]);
        using var answer = await browser.Send(HttpMethod.Post, options, token, follow: false);
        Assert.True(answer.IsSuccessStatusCode, $"{options}: {(int)answer.StatusCode}");
    }
}
