using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Sites;

/// <summary>Somebody who is signed in asks those who run the installation for help; the answer comes by mail, and what they write stands in one conversation.</summary>
public sealed record AskForHelp
{
    [Required(ErrorMessage = "Please write what it is about."), StringLength(4000, ErrorMessage = "Please keep the message under 4,000 characters.")]
    public string Message { get; set; } = "";

    /// <summary>The page it was asked from: the same page sent twice is one message.</summary>
    public Guid Visit { get; set; }
}

public sealed class AskForHelpHandler(IServiceScopeFactory scopes, IAccountDirectory accounts, Tenant tenant, Actor actor)
{
    public async Task<Result> Handle(AskForHelp command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (actor.Id is not { } me || await accounts.User(me, ct) is not { } person)
            return Refusal.Forbidden("help.nobody", "Only a person can ask for help.");
        var business = (await accounts.Account(tenant.Id, ct))?.Name;
        // Another account's inbox: a scope of its own, which enters that one and no other.
        await using var scope = scopes.CreateAsyncScope();
        var words = new WriteToUs { Name = person.Name, Email = person.Email, Message = $"{command.Message}\n\n({business})", Visit = command.Visit };
        return await scope.ServiceProvider.GetRequiredService<WriteToUsHandler>().Handle(words, ct);
    }
}
