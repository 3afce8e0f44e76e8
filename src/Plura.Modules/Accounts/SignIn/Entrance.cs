using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plura.Accounts.Data;

namespace Plura.Accounts;

/// <summary>
/// The one place where a session begins. It always gets a new reference: the framework would go on under the one that the browser brought,
/// and whoever planted that cookie would then be inside as well. It also notes when the person proved who they are.
/// </summary>
internal sealed class Entrance(UserManager<User> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<User> claims, IOptions<IdentityOptions> options, ILogger<SignInManager<User>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<User> confirmation, TimeProvider clock)
    : SignInManager<User>(users, http, claims, options, logger, schemes, confirmation)
{
    public override async Task SignInWithClaimsAsync(User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var principal = await CreateUserPrincipalAsync(user);
        principal.Identities.First().AddClaims(additionalClaims);
        var properties = authenticationProperties ?? new AuthenticationProperties();
        if (Proof.Of(properties) is null)
            Proof.Note(properties, ProvenBy.Password, clock.GetUtcNow());
        if ((await Context.AuthenticateAsync(AuthenticationScheme)).Succeeded)
            await Context.SignOutAsync(AuthenticationScheme);
        // A handler of its own, because the request's has read the old reference already.
        await using var scope = Context.RequestServices.CreateAsyncScope();
        var handler = (IAuthenticationSignInHandler)(await scope.ServiceProvider.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(Context, AuthenticationScheme))!;
        await handler.SignInAsync(principal, properties);
        Context.User = principal;
    }
}
