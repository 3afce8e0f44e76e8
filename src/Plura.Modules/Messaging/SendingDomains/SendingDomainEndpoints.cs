using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Messaging;

public static class SendingDomainEndpoints
{
    private const string Api = "/api/v1/sending-domains";
    private const string One = Api + "/{id:guid}";
    private const string Permission = "messaging.domains";

    public static IServiceCollection AddSendingDomains(this IServiceCollection services) => services
        .AddSingleton<DomainKeyRing>().AddScoped<ProvenDomains>().AddScoped<SendingDomains>().AddScoped<DomainLook>()
        .AddSingleton(new NoticeKind(LookAtSendingDomainHandler.Notice, "The records of a domain you write from have changed, or its key must be renewed", MailToOwners: true) { Area = "Sending" })
        .AddSingleton(new StaysBehind("each account writes from domains of its own", typeof(Data.SendingDomain), typeof(Data.DomainKey)));

    public static void MapSendingDomains(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Api, async (SendingDomains domains, CancellationToken ct) => Results.Ok(new Page<SendingDomainView>(await domains.All(ct), Next: null))).RequirePermission(Permission).WithName("ListSendingDomains");
        routes.MapGet(One, async (Guid id, SendingDomains domains, CancellationToken ct) =>
            await domains.One(id, ct) is { } domain ? Results.Ok(domain) : SendingDomains.Missing.Problem()).RequirePermission(Permission).WithName("GetSendingDomain");
        routes.MapPost(Api, async (AddSendingDomain command, AddSendingDomainHandler handler, SendingDomains domains, CancellationToken ct) =>
        {
            var added = await handler.Handle(command, ct);
            return added.Refusal is { } refusal ? refusal.Problem() : Results.Created($"{Api}/{added.Value}", await domains.One(added.Value, ct));
        }).RequirePermission(Permission).WithName("AddSendingDomain");
        routes.MapPost(One + "/check", async (Guid id, CheckSendingDomainHandler handler, SendingDomains domains, CancellationToken ct) =>
        {
            var looked = await handler.Handle(new CheckSendingDomain(id), ct);
            return looked.Refusal is { } refusal ? refusal.Problem() : Results.Ok(await domains.One(id, ct));
        }).RequirePermission(Permission).WithName("CheckSendingDomain");
        routes.MapPost(One + "/renew", async (Guid id, RenewDomainKeyHandler handler, SendingDomains domains, CancellationToken ct) =>
            await (await handler.Handle(new RenewDomainKey(id), ct)).AnswerWith(() => domains.One(id, ct))).RequirePermission(Permission).WithName("RenewDomainKey");
        routes.MapDelete(One, async (Guid id, DeleteSendingDomainHandler handler, CancellationToken ct) =>
            (await handler.Handle(new DeleteSendingDomain(id), ct)).Answer()).RequirePermission(Permission).WithName("DeleteSendingDomain");

        routes.MapPost("/a/{account}/settings/sending-domains/{id:guid}/restore", async (string account, Guid id, [FromForm] IFormCollection form, RestoreSendingDomainHandler handler, Flash flash, CancellationToken ct) =>
        {
            var done = await handler.Handle(new RestoreSendingDomain(id), ct);
            if (done.Refusal is { Kind: RefusalKind.NotFound } missing)
                return missing.Problem();
            flash.Say(done.Refusal?.Text ?? "It is back.");
            return Results.LocalRedirect($"/a/{account}/settings/sending-domains");
        }).RequirePermission(Permission).WithName("PressRestoreSendingDomain");
    }
}
