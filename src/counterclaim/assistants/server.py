"""The server of the Model Context Protocol, on the protocol's official library."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import unquote

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from counterclaim import __version__
from counterclaim.assistants.instructions import INSTRUCTIONS
from counterclaim.assistants.tools import TOOLS
from counterclaim.assistants.wording import text_of
from counterclaim.model import CounterclaimError
from counterclaim.model.errors import Messages
from counterclaim.views.cited.known import Reader

_LOG = logging.getLogger(__name__)
_ADDRESS = re.compile(r"counterclaim://(dispute|report)/([^/?#]+)")
_SHOWN_BY = {"dispute": ("show_dispute", "dispute"), "report": ("read_report", "report")}
_READS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_Context = ServerRequestContext[Any]


class Assistants:
    """Answers what assistants ask, one question at a time, on threads, so that the protocol goes on."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def list_tools(
        self, _context: _Context, _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        """List the tools with what each may be asked and what it answers."""
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=tool.name,
                    title=tool.title,
                    description=tool.about,
                    input_schema=tool.input_schema,
                    output_schema=tool.output_schema,
                    annotations=_READS,
                )
                for tool in TOOLS.values()
            ]
        )

    async def call_tool(
        self, _context: _Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        """Answer a question. What the ledger refuses comes back as an error that has its message."""
        try:
            structured, text = await anyio.to_thread.run_sync(
                self.answer, params.name, params.arguments or {}
            )
        except CounterclaimError as error:
            return types.CallToolResult(
                content=[types.TextContent(type="text", text=str(error))], is_error=True
            )
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=text)], structured_content=structured
        )

    async def list_templates(
        self, _context: _Context, _params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        """List what can be read by address."""
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    name=kind,
                    title=TOOLS[tool].title,
                    uri_template=f"counterclaim://{kind}/{{id}}",
                    description=TOOLS[tool].about,
                    mime_type="text/plain",
                )
                for kind, (tool, _argument) in _SHOWN_BY.items()
            ]
        )

    async def list_resources(
        self, _context: _Context, _params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """List none: a ledger has too many; templates say how each is called."""
        return types.ListResourcesResult(resources=[])

    async def read_resource(
        self, _context: _Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """Return a dispute or a report as text. Raises MCPError where there is none at the address."""
        found = _ADDRESS.fullmatch(params.uri)
        if found is None:
            raise MCPError(types.INVALID_PARAMS, Messages.resource_unknown(params.uri))
        tool, argument = _SHOWN_BY[found[1]]
        try:
            _structured, text = await anyio.to_thread.run_sync(
                self.answer, tool, {argument: unquote(found[2])}
            )
        except CounterclaimError as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from error
        return types.ReadResourceResult(
            contents=[types.TextResourceContents(uri=params.uri, mime_type="text/plain", text=text)]
        )

    def answer(self, name: str, arguments: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """Return the answer to a question in its structured form and as text.

        Raises CounterclaimError with a message for the assistant; a fault of the program is logged, and
        nothing of it is told.
        """
        tool = TOOLS.get(name)
        if tool is None:
            raise CounterclaimError(Messages.tool_unknown(name, ", ".join(TOOLS)))
        try:
            answer = tool.answer(self._reader, arguments)
            structured: dict[str, Any] = tool.as_json(answer)
            return structured, text_of(answer)
        except CounterclaimError:
            raise
        except Exception as error:
            _LOG.exception("%s failed", name)
            raise CounterclaimError(Messages.question_failed(name)) from error


def make_server(reader: Reader) -> Server[Any]:
    """Return the server for a ledger that is read by ``reader``."""
    assistants = Assistants(reader)
    return Server(
        "counterclaim",
        title="counterclaim",
        version=__version__,
        description="Who said what, who denies it, and on what evidence, with citations; read-only.",
        instructions=INSTRUCTIONS,
        on_list_tools=assistants.list_tools,
        on_call_tool=assistants.call_tool,
        on_list_resources=assistants.list_resources,
        on_list_resource_templates=assistants.list_templates,
        on_read_resource=assistants.read_resource,
    )


def serve_on_pipes(reader: Reader) -> None:
    """Serve on standard input and output until the input ends; nothing else may be written there."""
    anyio.run(_serve_on_pipes, make_server(reader))


async def _serve_on_pipes(server: Server[Any]) -> None:
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
