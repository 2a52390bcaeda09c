"""A FastAPI app in the idioms of its documents: what FastAPI declares is not all that it sends."""

from typing import Annotated, Literal

from fastapi import Body, FastAPI, File, HTTPException, Query, Response, UploadFile
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI(title="Farm", version="1")


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    tricks: list[str] = []


Pet = Annotated[Cat | Dog, Field(discriminator="kind")]


class Animal(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: int
    name: str
    note: str | None = None
    pet: Pet


class Change(BaseModel):
    name: str | None = None
    note: str | None = None


animals: dict[int, Animal] = {}


@app.post("/animals")
def create(animal: Animal, response: Response) -> Animal:
    response.status_code = 201  # the document knows 200 only
    animals[animal.id] = animal
    return animal


@app.get("/animals/{id}")
def read(id: int) -> Animal:
    if id not in animals:
        raise HTTPException(404, f"no animal {id}")
    return animals[id]


@app.put("/animals/{id}")
def replace(id: int, animal: Animal) -> Animal:
    animals[id] = animal
    return animal


@app.patch("/animals/{id}")
def update(id: int, change: Change) -> Animal:
    given = change.model_dump(exclude_unset=True)
    animals[id] = animals[id].model_copy(update=given)
    return animals[id]


@app.get("/animals")
def search(name: Annotated[list[str] | None, Query()] = None, limit: int = 10) -> list[Animal]:
    found = [one for one in animals.values() if name is None or one.name in name]
    return found[:limit]


@app.post("/photos")
async def photo(
    photo: Annotated[UploadFile | None, File()] = None, caption: Annotated[str, Body()] = ""
) -> dict[str, int | str]:
    content = await photo.read() if photo else b""
    return {"size": len(content), "caption": caption}


@app.get("/report", response_class=PlainTextResponse)
def report() -> str:
    return "one line\n"


@app.get("/export")
def export() -> Response:  # declared as JSON of any kind
    return Response(b"\x00\x01", media_type="application/octet-stream")


@app.delete("/animals/{id}", status_code=204)
def delete(id: int) -> None:
    animals.pop(id, None)
